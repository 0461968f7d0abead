//! What can go wrong, said with the place and the way out.

use core::fmt;

/// A stable name for a class of mistake. Codes are added, never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// The text is not JSON at all.
    Syntax,
    /// A value has the wrong type.
    WrongType,
    /// A required field is absent.
    Missing,
    /// A field nobody knows; never ignored in policies and stories.
    UnknownField,
    /// A word outside a closed list.
    UnknownWord,
    /// A number outside its range.
    OutOfRange,
    /// A reference to something the policy does not define.
    Dangling,
    /// Parts that are fine alone contradict each other.
    Conflict,
    /// A date on which something was to be done has passed.
    Overdue,
    /// A rule or table larger than the compiled form can hold.
    TooLarge,
    /// Bytes that are not what they claim to be, or of another format version.
    Corrupt,
}

impl ErrorCode {
    /// The code as it appears in JSON and in `TactfulError.code`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "SYNTAX",
            Self::WrongType => "WRONG_TYPE",
            Self::Missing => "MISSING",
            Self::UnknownField => "UNKNOWN_FIELD",
            Self::UnknownWord => "UNKNOWN_WORD",
            Self::OutOfRange => "OUT_OF_RANGE",
            Self::Dangling => "DANGLING",
            Self::Conflict => "CONFLICT",
            Self::Overdue => "OVERDUE",
            Self::TooLarge => "TOO_LARGE",
            Self::Corrupt => "CORRUPT",
        }
    }
}

/// One mistake: a code, a JSON pointer to the place, what is wrong and how to mend it.
///
/// # Design
/// One opaque type for the whole crate, because a caller either shows it or branches on
/// [`Error::code`]; a reader of many mistakes gets a `Vec<Error>`, in document order.
///
/// Boxed, because nearly every function of the codec can fail and hardly ever does: the happy path
/// moves one word, which is a tenth of the hot module's size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    code: ErrorCode,
    path: String,
    message: String,
    hint: String,
}

impl Error {
    /// A mistake at the JSON pointer `path` (empty: the whole document).
    #[cold]
    pub fn new(code: ErrorCode, path: impl Into<String>, message: impl Into<String>) -> Self {
        let (path, message) = (path.into(), message.into());
        Self(Box::new(Inner { code, path, message, hint: String::new() }))
    }

    /// Bytes that are not what they claim to be.
    #[cold]
    pub(crate) fn corrupt(what: &str) -> Self {
        Self::new(ErrorCode::Corrupt, "", what)
    }

    /// Adds the way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = hint.into();
        self
    }

    /// Moves the mistake below `prefix`, for a part that was read on its own.
    #[must_use]
    pub fn below(mut self, prefix: &str) -> Self {
        self.0.path.insert_str(0, prefix);
        self
    }

    /// The class of the mistake.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// JSON pointer (RFC 6901) to the place.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong, in a sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// How to mend it; empty when there is nothing to add.
    #[must_use]
    pub fn how_to_mend(&self) -> &str {
        &self.0.hint
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path().is_empty() { "(document)" } else { self.path() };
        f.write_str(self.code().as_str())?;
        f.write_str(" at ")?;
        f.write_str(place)?;
        f.write_str(": ")?;
        f.write_str(self.message())?;
        if !self.how_to_mend().is_empty() {
            f.write_str(" (")?;
            f.write_str(self.how_to_mend())?;
            f.write_str(")")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// Every mistake in a document, in order; there is at least one.
///
/// It is a list of [`Error`]s, and an error itself, so that `?` works in a `main`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(Vec<Error>);

impl Mistakes {
    /// The value, unless there are mistakes.
    #[cfg(feature = "studio")]
    pub(crate) fn unless_none<T>(errors: Vec<Error>, value: Option<T>) -> Result<T, Self> {
        match value {
            Some(value) if errors.is_empty() => Ok(value),
            _ => Err(Self(errors)),
        }
    }
}

impl From<Error> for Mistakes {
    fn from(error: Error) -> Self {
        Self(vec![error])
    }
}

impl core::ops::Deref for Mistakes {
    type Target = [Error];

    fn deref(&self) -> &[Error] {
        &self.0
    }
}

impl IntoIterator for Mistakes {
    type Item = Error;
    type IntoIter = std::vec::IntoIter<Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Error> for Mistakes {
    fn from_iter<I: IntoIterator<Item = Error>>(errors: I) -> Self {
        Self(errors.into_iter().collect())
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            fmt::Display::fmt(error, f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}
