//! Parquet files: the columns of [`crate::columns`] with their types, written row group by row group.
//!
//! Text that is empty is null here, as readers of the CSV files make it.

use crate::columns::{Column, ColumnType};
use crate::error::{DatasetError, at};
use crate::values::Value;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Decimal128Builder, Float64Builder, Int64Builder,
    ListBuilder, MapBuilder, MapFieldNames, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use jiff::civil::{Date, date};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Digits of a value, and how many of them are decimals. 38 is the most that readers of Parquet agree on.
const VALUE: (u8, i8) = (38, 10);
/// The same of a share between 0 and 1.
const SHARE: (u8, i8) = (3, 2);
/// Rows and bytes of text that are gathered before they go to the encoder.
const BATCH_ROWS: usize = 4096;
const BATCH_BYTES: usize = 4 << 20;
/// Where a row group ends: what is encoded waits in memory until then.
const GROUP_ROWS: usize = 100_000;
const GROUP_BYTES: usize = 16 << 20;

type Labels = MapBuilder<StringBuilder, StringBuilder>;

/// A column being gathered.
#[derive(Debug)]
enum Gathered {
    Text(StringBuilder),
    Integer(Int64Builder),
    Decimal(Decimal128Builder, (u8, i8)),
    Date(Date32Builder),
    Boolean(BooleanBuilder),
    Labels(Labels),
    Place(ListBuilder<Float64Builder>),
}

/// A Parquet file being written.
#[derive(Debug)]
pub(crate) struct ParquetFile {
    path: PathBuf,
    schema: SchemaRef,
    gathered: Vec<Gathered>,
    bytes: usize,
    rows: usize,
    out: ArrowWriter<BufWriter<File>>,
}

impl ParquetFile {
    pub(crate) fn begin(path: &Path, columns: &[Column]) -> Result<Self, DatasetError> {
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Fields>()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_max_row_group_bytes(Some(GROUP_BYTES))
            .build();
        let file = File::create(path).map(BufWriter::new).map_err(at(path))?;
        let out = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties)).map_err(because(path))?;
        let gathered = columns.iter().map(|c| Gathered::of(c.kind)).collect::<Result<_, _>>();
        let gathered = gathered.map_err(|e: ArrowError| because(path)(e.into()))?;
        Ok(Self { path: path.to_owned(), schema, gathered, bytes: 0, rows: 0, out })
    }

    /// Adds a row. Gives the names of the columns whose decimal does not fit exactly and is therefore null.
    pub(crate) fn row(
        &mut self,
        columns: &'static [Column],
        values: &[Value<'_>],
    ) -> Result<Vec<&'static str>, DatasetError> {
        let mut unfit = Vec::new();
        for ((gathered, column), value) in self.gathered.iter_mut().zip(columns).zip(values) {
            let fits = gathered.push(value).map_err(|e| because(&self.path)(e.into()))?;
            if !fits {
                unfit.push(column.name);
            }
            self.bytes += value.weight();
        }
        self.rows += 1;
        if self.rows >= BATCH_ROWS || self.bytes >= BATCH_BYTES {
            self.encode()?;
        }
        Ok(unfit)
    }

    fn encode(&mut self) -> Result<(), DatasetError> {
        let arrays = self.gathered.iter_mut().map(Gathered::take).collect();
        (self.rows, self.bytes) = (0, 0);
        RecordBatch::try_new(Arc::clone(&self.schema), arrays)
            .map_err(ParquetError::from)
            .and_then(|batch| self.out.write(&batch))
            .map_err(because(&self.path))
    }

    pub(crate) fn finish(mut self) -> Result<(), DatasetError> {
        if self.rows > 0 {
            self.encode()?;
        }
        let mut file = self.out.into_inner().map_err(because(&self.path))?;
        file.flush().map_err(at(&self.path))
    }
}

/// Names the file in an error of the encoder.
fn because(path: &Path) -> impl FnOnce(ParquetError) -> DatasetError {
    let path = path.to_owned();
    move |error| DatasetError::Parquet { path, error }
}

fn field(column: &Column) -> Field {
    let kind = match column.kind {
        ColumnType::Text | ColumnType::Enum(_) => DataType::Utf8,
        ColumnType::Integer => DataType::Int64,
        ColumnType::Decimal => DataType::Decimal128(VALUE.0, VALUE.1),
        ColumnType::Share => DataType::Decimal128(SHARE.0, SHARE.1),
        ColumnType::Date => DataType::Date32,
        ColumnType::Boolean => DataType::Boolean,
        ColumnType::Labels => {
            let [key, value] = label_fields();
            let entry = Field::new("key_value", DataType::Struct(Fields::from(vec![key, value])), false);
            DataType::Map(Arc::new(entry), false)
        }
        ColumnType::Place => DataType::List(Arc::new(coordinate())),
    };
    let about = [("title", column.title_ja), ("description", column.en), ("description.ja", column.ja)];
    let about: HashMap<String, String> = about.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    Field::new(column.name, kind, true).with_metadata(about)
}

fn label_fields() -> [Field; 2] {
    [Field::new("key", DataType::Utf8, false), Field::new("value", DataType::Utf8, false)]
}

fn coordinate() -> Field {
    Field::new("element", DataType::Float64, false)
}

impl Gathered {
    fn of(kind: ColumnType) -> Result<Self, ArrowError> {
        let decimal = |(precision, scale): (u8, i8)| {
            let builder = Decimal128Builder::new().with_precision_and_scale(precision, scale)?;
            Ok(Gathered::Decimal(builder, (precision, scale)))
        };
        Ok(match kind {
            ColumnType::Text | ColumnType::Enum(_) => Gathered::Text(StringBuilder::new()),
            ColumnType::Integer => Gathered::Integer(Int64Builder::new()),
            ColumnType::Decimal => return decimal(VALUE),
            ColumnType::Share => return decimal(SHARE),
            ColumnType::Date => Gathered::Date(Date32Builder::new()),
            ColumnType::Boolean => Gathered::Boolean(BooleanBuilder::new()),
            ColumnType::Labels => {
                let names =
                    MapFieldNames { entry: "key_value".into(), key: "key".into(), value: "value".into() };
                let [key, value] = label_fields();
                let map = MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new());
                Gathered::Labels(map.with_keys_field(key).with_values_field(value))
            }
            ColumnType::Place => {
                Gathered::Place(ListBuilder::new(Float64Builder::new()).with_field(coordinate()))
            }
        })
    }

    /// Appends `value`, null where it is blank; false when it is a decimal that the column cannot hold exactly.
    fn push(&mut self, value: &Value<'_>) -> Result<bool, ArrowError> {
        match (self, value) {
            (Gathered::Text(column), Value::Text(text)) if !text.is_empty() => column.append_value(text),
            (Gathered::Text(column), _) => column.append_null(),
            (Gathered::Integer(column), Value::Integer(n)) => column.append_value(*n),
            (Gathered::Integer(column), _) => column.append_null(),
            (Gathered::Decimal(column, size), Value::Decimal(d)) => {
                let digits = unscaled(*d, *size);
                column.append_option(digits);
                return Ok(digits.is_some());
            }
            (Gathered::Decimal(column, _), _) => column.append_null(),
            (Gathered::Date(column), Value::Date(d)) => column.append_option(days(*d)),
            (Gathered::Date(column), _) => column.append_null(),
            (Gathered::Boolean(column), Value::Boolean(b)) => column.append_value(*b),
            (Gathered::Boolean(column), _) => column.append_null(),
            (Gathered::Labels(column), Value::Labels(labels)) => {
                for (key, value) in *labels {
                    column.keys().append_value(key);
                    column.values().append_value(value);
                }
                column.append(true)?;
            }
            (Gathered::Labels(column), _) => column.append(false)?,
            (Gathered::Place(column), Value::Place(b)) => {
                column.values().append_slice(&b.rounded());
                column.append(true);
            }
            (Gathered::Place(column), _) => column.append(false),
        }
        Ok(true)
    }

    fn take(&mut self) -> ArrayRef {
        match self {
            Gathered::Text(column) => ArrayBuilder::finish(column),
            Gathered::Integer(column) => ArrayBuilder::finish(column),
            Gathered::Decimal(column, _) => ArrayBuilder::finish(column),
            Gathered::Date(column) => ArrayBuilder::finish(column),
            Gathered::Boolean(column) => ArrayBuilder::finish(column),
            Gathered::Labels(column) => ArrayBuilder::finish(column),
            Gathered::Place(column) => ArrayBuilder::finish(column),
        }
    }
}

/// `d` times 10 to the power of the scale, or `None` where that is no whole number or has too many digits.
fn unscaled(d: Decimal, (precision, scale): (u8, i8)) -> Option<i128> {
    let d = d.normalize();
    let missing = u32::try_from(scale).ok()?.checked_sub(d.scale())?;
    let digits = d.mantissa().checked_mul(10_i128.checked_pow(missing)?)?;
    (digits.unsigned_abs() < 10_u128.checked_pow(precision.into())?).then_some(digits)
}

/// Days since 1970-01-01.
fn days(d: Date) -> Option<i32> {
    d.since(date(1970, 1, 1)).ok().map(|span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    #[test]
    fn decimals_fit_exactly_or_not_at_all() {
        let given = |text: &str| unscaled(Decimal::from_str(text).unwrap(), VALUE);
        assert_eq!(given("53.1"), Some(531_000_000_000));
        assert_eq!(given("-0.5"), Some(-5_000_000_000));
        assert_eq!(given("1600000000"), Some(16_000_000_000_000_000_000));
        assert_eq!(given("0.12345678900"), Some(1_234_567_890));
        assert_eq!(given("0.00000000001"), None, "an eleventh decimal");
        assert_eq!(
            given("9999999999999999999999999999"),
            Some(99_999_999_999_999_999_999_999_999_990_000_000_000)
        );
        assert_eq!(given("79228162514264337593543950335"), None, "29 digits before the point");
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(days(date(1970, 1, 1)), Some(0));
        assert_eq!(days(date(2023, 4, 1)), Some(19_448));
        assert_eq!(days(date(1868, 10, 23)), Some(-36_959));
    }
}
