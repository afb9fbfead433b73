//! `datapackage.json`: the Frictionless Data Package descriptor of the CSV files.

use crate::columns::{CELLS, Column, ColumnType, OBSERVATIONS};
use crate::json_file::List;
use serde_json::{Value, json};
use std::io::{self, Write};

fn field(column: &Column) -> Value {
    let (kind, extra) = match column.kind {
        ColumnType::Text | ColumnType::Place => ("string", None),
        ColumnType::Enum(words) => ("string", Some(json!({ "enum": words }))),
        ColumnType::Integer => ("integer", None),
        ColumnType::Decimal | ColumnType::Share => ("number", None),
        ColumnType::Date => ("date", None),
        ColumnType::Boolean => ("boolean", None),
        ColumnType::Labels => ("object", None),
    };
    let mut field = json!({
        "name": column.name,
        "type": kind,
        "title": column.title_ja,
        "description": format!("{} / {}", column.en, column.ja),
    });
    if let (Some(extra), Some(map)) = (extra, field.as_object_mut()) {
        map.insert("constraints".to_owned(), extra);
    }
    field
}

fn resource(name: &str, path: &str, schema: Value) -> Value {
    json!({
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    })
}

/// Writes the descriptor of a dataset whose tables have the ids and numbers of columns given, resource by resource:
/// there may be as many as tables.
pub(crate) fn write<W: Write>(out: &mut W, version: &str, tables: &[(String, usize)]) -> io::Result<()> {
    let head = json!({
        "profile": "tabular-data-package",
        "name": "shiryo-dataset",
        "title": "委員会資料データセット",
        "description": "Tables and stated quantities read from Japanese municipal committee papers",
        "version": version,
    });
    let head = serde_json::to_string(&head)?;
    write!(out, "{},\n\"resources\": [", head.strip_suffix('}').unwrap_or(&head))?;
    let mut list = List::new();
    list.item(out, &observations())?;
    list.item(out, &cells())?;
    for (id, width) in tables {
        list.item(out, &table(id, *width))?;
    }
    writeln!(out, "{}]}}", list.end())
}

fn fields(columns: &[Column]) -> Vec<Value> {
    columns.iter().map(field).collect()
}

fn observations() -> Value {
    let schema = json!({
        "fields": fields(&OBSERVATIONS),
        "missingValues": [""],
        "primaryKey": "observation_id",
        "foreignKeys": [{
            "fields": ["table_id"],
            "reference": { "resource": "cells", "fields": ["table_id"] },
        }],
    });
    resource("observations", "observations.csv", schema)
}

fn cells() -> Value {
    let key = ["table_id", "row", "col"];
    let schema = json!({ "fields": fields(&CELLS), "missingValues": [""], "primaryKey": key });
    resource("cells", "cells.csv", schema)
}

fn table(id: &str, width: usize) -> Value {
    let columns: Vec<Value> =
        (1..=width).map(|n| json!({ "name": format!("c{n}"), "type": "string" })).collect();
    let schema = json!({ "fields": columns });
    let mut table = resource(&format!("table-{id}"), &format!("tables/{id}.csv"), schema);
    if let Some(map) = table.as_object_mut() {
        map.insert("dialect".to_owned(), json!({ "header": false, "skipBlankRows": true }));
    }
    table
}
