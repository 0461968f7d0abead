//! Rows out of bytes as they come, whatever pieces they come in.

use super::mapping::Format;
use crate::lines::Lines;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use serde_json::{Map, Value};

/// One row, in the columns that are asked for.
pub(super) type Cells = Vec<Option<String>>;

/// What becomes of a row that was read.
pub(super) trait Sink {
    /// A row.
    fn row(&mut self, cells: &[Option<String>]);
    /// A row that could not be read, and why.
    fn skip(&mut self, reason: &'static str);
    /// A column that the file does not have.
    fn lacks(&mut self, column: &str);
}

/// Reads rows of a format.
pub(super) struct RowReader {
    columns: Vec<String>,
    cells: Cells,
    input: Input,
}

enum Input {
    Csv(Box<Csv>),
    Ndjson(Lines),
}

struct Csv {
    reader: Reader,
    delimiter: u8,
    header: bool,
    begun: bool,
    /// Bytes of the row so far, and where its fields end.
    out: Vec<u8>,
    ends: Vec<usize>,
    filled: (usize, usize),
    /// For each asked column, the field it is.
    places: Option<Vec<Option<usize>>>,
}

impl RowReader {
    pub(super) fn new(columns: Vec<String>, format: Format, delimiter: u8, header: bool) -> Self {
        let input = match format {
            Format::Ndjson => Input::Ndjson(Lines::default()),
            Format::Csv => Input::Csv(Box::new(Csv {
                reader: ReaderBuilder::new().delimiter(delimiter).build(),
                delimiter,
                header,
                begun: false,
                out: vec![0; 1024],
                ends: vec![0; 64],
                filled: (0, 0),
                places: None,
            })),
        };
        Self { cells: vec![None; columns.len()], columns, input }
    }

    /// Takes the next piece of the file.
    pub(super) fn push(&mut self, mut bytes: &[u8], sink: &mut dyn Sink) {
        match &mut self.input {
            Input::Csv(csv) => {
                if !core::mem::replace(&mut csv.begun, true) {
                    bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
                }
                // No bytes at all would mean the end of the file.
                if !bytes.is_empty() {
                    csv.read(bytes, &self.columns, &mut self.cells, sink);
                }
            }
            Input::Ndjson(lines) => {
                lines.push(bytes, |line| object(line, &self.columns, &mut self.cells, sink));
            }
        }
    }

    /// The file is over.
    pub(super) fn end(&mut self, sink: &mut dyn Sink) {
        match &mut self.input {
            Input::Csv(csv) => csv.end(&self.columns, &mut self.cells, sink),
            Input::Ndjson(lines) => {
                lines.end(|line| object(line, &self.columns, &mut self.cells, sink));
            }
        }
    }
}

impl Csv {
    /// Ends the last row as a line break would. Within quotes that ends nothing, and neither does a
    /// delimiter: then every row since the quote is in its one cell.
    fn end(&mut self, columns: &[String], cells: &mut Cells, sink: &mut dyn Sink) {
        self.read(b"\n", columns, cells, sink);
        let (mut out, mut ends) = ([0; 1], [0; 1]);
        let (.., ended) = self.reader.read_record(&[self.delimiter], &mut out, &mut ends);
        if ended == 0 {
            sink.skip("a quote is never closed");
        }
    }

    fn read(
        &mut self,
        mut bytes: &[u8],
        columns: &[String],
        cells: &mut Cells,
        sink: &mut dyn Sink,
    ) {
        loop {
            let (filled, fields) = self.filled;
            let out = self.out.get_mut(filled..).unwrap_or_default();
            let ends = self.ends.get_mut(fields..).unwrap_or_default();
            let (result, read, wrote, ended) = self.reader.read_record(bytes, out, ends);
            bytes = bytes.get(read..).unwrap_or_default();
            self.filled = (filled + wrote, fields + ended);
            match result {
                ReadRecordResult::InputEmpty => return,
                ReadRecordResult::OutputFull => self.out.resize(2 * self.out.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::Record => {
                    self.record(columns, cells, sink);
                    self.filled = (0, 0);
                }
                ReadRecordResult::End => return,
            }
        }
    }

    fn record(&mut self, columns: &[String], cells: &mut Cells, sink: &mut dyn Sink) {
        let ends = self.ends.get(..self.filled.1).unwrap_or_default();
        let field = |i: usize| -> Option<&[u8]> {
            let from = i.checked_sub(1).and_then(|i| ends.get(i)).copied().unwrap_or(0);
            self.out.get(from..*ends.get(i)?)
        };
        let Some(places) = &self.places else {
            let names: Vec<String> = (0..ends.len())
                .map(|i| match self.header {
                    true => String::from_utf8_lossy(field(i).unwrap_or_default()).into_owned(),
                    false => (i + 1).to_string(),
                })
                .collect();
            let places: Vec<Option<usize>> =
                columns.iter().map(|column| names.iter().position(|name| name == column)).collect();
            for (column, _) in columns.iter().zip(&places).filter(|(_, place)| place.is_none()) {
                sink.lacks(column);
            }
            self.places = Some(places);
            if !self.header {
                self.record(columns, cells, sink);
            }
            return;
        };
        for (cell, place) in cells.iter_mut().zip(places) {
            let text = place.and_then(field).map(|bytes| core::str::from_utf8(bytes));
            match text {
                None => *cell = None,
                Some(Ok(text)) => {
                    let kept = cell.get_or_insert_default();
                    kept.clear();
                    kept.push_str(text);
                }
                Some(Err(_)) => return sink.skip("not UTF-8"),
            }
        }
        sink.row(cells);
    }
}

/// Whole numbers beyond this are no longer told from their neighbours: of two customers one would be made.
const EXACT: f64 = (1u64 << f64::MANTISSA_DIGITS) as f64;

/// A line that is one flat object.
fn object(line: &[u8], columns: &[String], cells: &mut Cells, sink: &mut dyn Sink) {
    let Ok(map) = serde_json::from_slice::<Map<String, Value>>(line) else {
        return sink.skip("not a JSON object");
    };
    for (cell, column) in cells.iter_mut().zip(columns) {
        *cell = match map.get(column) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Number(n)) if n.is_f64() && n.as_f64().is_some_and(|n| n.abs() > EXACT) => {
                return sink.skip("a number too large to be told from others; write it as text");
            }
            Some(other) => Some(other.to_string()),
        };
    }
    sink.row(cells);
}
