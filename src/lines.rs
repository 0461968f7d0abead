//! Lines out of bytes as they come.

/// Lines that may be cut anywhere.
#[derive(Default)]
pub(crate) struct Lines(Vec<u8>);

impl Lines {
    /// Takes the next piece and gives every line that is whole.
    pub(crate) fn push(&mut self, bytes: &[u8], mut line: impl FnMut(&[u8])) {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (whole, after) = rest.split_at(end);
            if self.0.is_empty() {
                give(whole, &mut line);
            } else {
                self.0.extend_from_slice(whole);
                give(&core::mem::take(&mut self.0), &mut line);
            }
            rest = after.get(1..).unwrap_or_default();
        }
        self.0.extend_from_slice(rest);
    }

    /// Gives the last line, which nothing ends.
    pub(crate) fn end(&mut self, mut line: impl FnMut(&[u8])) {
        give(&core::mem::take(&mut self.0), &mut line);
    }
}

fn give(line: &[u8], to: &mut impl FnMut(&[u8])) {
    if !line.iter().all(u8::is_ascii_whitespace) {
        to(line);
    }
}
