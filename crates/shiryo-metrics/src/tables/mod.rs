//! Observations from tables: header path × row label.

use crate::{Scope, Tools};
use shiryo_model::{Observation, Table};

/// Every quantity of a table, in reading order; `scope` is what the section around it says. `table_id` is left
/// empty here: the table has no id yet.
pub fn read(table: &Table, scope: &Scope, tools: &Tools) -> Vec<Observation> {
    let _ = (table, scope, tools);
    Vec::new()
}
