//! Lines out of bytes as they come.

/// Lines that may be cut anywhere.
#[derive(Default)]
pub(crate) struct Lines {
    /// What has come of the line so far.
    kept: Vec<u8>,
    /// The first line is over, and with it a byte order mark that would be no part of it.
    begun: bool,
}

impl Lines {
    /// Takes the next piece and gives every line that is whole.
    pub(crate) fn push(&mut self, bytes: &[u8], mut line: impl FnMut(&[u8])) {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (whole, after) = rest.split_at(end);
            if self.kept.is_empty() {
                self.give(whole, &mut line);
            } else {
                self.kept.extend_from_slice(whole);
                self.give_kept(&mut line);
            }
            rest = after.get(1..).unwrap_or_default();
        }
        self.kept.extend_from_slice(rest);
    }

    /// Gives the last line, which nothing ends.
    pub(crate) fn end(&mut self, mut line: impl FnMut(&[u8])) {
        self.give_kept(&mut line);
    }

    fn give_kept(&mut self, to: &mut impl FnMut(&[u8])) {
        let kept = core::mem::take(&mut self.kept);
        self.give(&kept, to);
    }

    fn give(&mut self, mut line: &[u8], to: &mut impl FnMut(&[u8])) {
        if !core::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        }
        if !line.iter().all(u8::is_ascii_whitespace) {
            to(line);
        }
    }
}
