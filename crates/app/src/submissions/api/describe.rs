//! How `openapi.json` describes the bulk interface.

use serde_json::{Value, json};

use super::{DOCUMENT_BYTES_MAX, LINES_BYTES_MAX};

/// The operation's own part; what every route has (rights, refusals) is added by the table.
pub fn values() -> Value {
    json!({
        "summary": "Values of many units at once, checked like workbooks; each record is accepted or refused",
        "description": "One record is one form of one unit for one period. Records come one a line \
            (application/x-ndjson) or as one JSON document (application/json: a record or an array of records). \
            Cells are named by the codes of GET /api/v1/forms/{form}; a cell left out is empty, a total left out is \
            added up. Sending the same values again changes nothing (`unchanged`). Records before the point where a \
            request breaks off are stored; repeat the request.",
        "parameters": [
            { "name": "dry_run", "in": "query", "schema": { "type": "boolean" }, "description": "check only" },
            { "name": "report", "in": "query", "schema": { "enum": ["all", "refused"] },
              "description": "which records are reported one by one" },
        ],
        "requestBody": {
            "required": true,
            "content": {
                "application/x-ndjson": { "schema": record(), "x-bytes-max": LINES_BYTES_MAX },
                "application/json": {
                    "schema": { "oneOf": [record(), { "type": "array", "items": record() }] },
                    "x-bytes-max": DOCUMENT_BYTES_MAX,
                },
            },
        },
        "responses": {
            "200": { "description": "Every record was examined", "content": { "application/json": { "schema": outcome() } } },
            "413": { "description": "More than one request may carry; `cut_off` says why, what was read before stands" },
        },
    })
}

fn record() -> Value {
    json!({
        "type": "object",
        "required": ["unit", "form", "period", "values"],
        "additionalProperties": false,
        "properties": {
            "unit": { "type": "string" },
            "form": { "type": "string", "examples": ["02-TH-CN"] },
            "period": { "type": "string", "examples": ["2025-2026-CN"] },
            "values": {
                "type": "object",
                "description": "code of a cell (`element` or `element.option`) to its value; numbers as JSON numbers",
                "additionalProperties": { "type": ["number", "string", "boolean", "null"] },
            },
            "reason": { "type": "string", "description": "one reason for every warning of the record" },
        },
    })
}

fn outcome() -> Value {
    let problem = json!({
        "type": "object",
        "properties": {
            "cell": { "type": "string" }, "code": { "type": "string" },
            "severity": { "enum": ["error", "warning"] }, "message": { "type": "string" },
        },
    });
    let report = json!({
        "type": "object",
        "properties": {
            "record": { "type": "integer" }, "unit": { "type": "string" }, "form": { "type": "string" },
            "period": { "type": "string" }, "accepted": { "type": "boolean" }, "revision": { "type": "integer" },
            "is_new": { "type": "boolean" }, "problems": { "type": "array", "items": problem },
        },
    });
    json!({
        "type": "object",
        "properties": {
            "records": { "type": "integer" }, "accepted": { "type": "integer" }, "unchanged": { "type": "integer" },
            "refused": { "type": "integer" }, "reports": { "type": "array", "items": report },
        },
    })
}
