//! `datapackage.json`: the Frictionless Data Package descriptor of the CSV files.

use crate::columns::{CELLS, Column, ColumnType, OBSERVATIONS};
use serde_json::{Value, json};

fn field(column: &Column) -> Value {
    let (kind, extra) = match column.kind {
        ColumnType::Text => ("string", None),
        ColumnType::Enum(words) => ("string", Some(json!({ "enum": words }))),
        ColumnType::Integer => ("integer", None),
        ColumnType::Decimal => ("number", None),
        ColumnType::Date => ("date", None),
        ColumnType::Boolean => ("boolean", None),
        ColumnType::Object => ("object", None),
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

/// The descriptor of a dataset whose tables have the ids and numbers of columns given.
pub(crate) fn descriptor(version: &str, tables: &[(String, usize)]) -> Value {
    let fields = |columns: &[Column]| columns.iter().map(field).collect::<Vec<_>>();
    let mut resources = vec![
        resource(
            "observations",
            "observations.csv",
            json!({
                "fields": fields(&OBSERVATIONS),
                "missingValues": [""],
                "primaryKey": "observation_id",
                "foreignKeys": [{
                    "fields": ["table_id"],
                    "reference": { "resource": "cells", "fields": ["table_id"] },
                }],
            }),
        ),
        resource(
            "cells",
            "cells.csv",
            json!({ "fields": fields(&CELLS), "missingValues": [""], "primaryKey": ["table_id", "row", "col"] }),
        ),
    ];
    for (id, width) in tables {
        let columns: Vec<Value> =
            (1..=*width).map(|n| json!({ "name": format!("c{n}"), "type": "string" })).collect();
        let mut table =
            resource(&format!("table-{id}"), &format!("tables/{id}.csv"), json!({ "fields": columns }));
        if let Some(map) = table.as_object_mut() {
            map.insert("dialect".to_owned(), json!({ "header": false, "skipBlankRows": true }));
        }
        resources.push(table);
    }
    json!({
        "profile": "tabular-data-package",
        "name": "shiryo-dataset",
        "title": "委員会資料データセット",
        "description": "Tables and stated quantities read from Japanese municipal committee papers",
        "version": version,
        "resources": resources,
    })
}
