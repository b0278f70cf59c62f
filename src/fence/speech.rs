//! What a worker says, on its way to the keeper, which alone speaks to the person at the desk: what the language's runtime
//! or a library writes to the error stream of a worker that dies never gets there.
//!
//! All of it goes through one stream, so that data and messages keep their order: a byte that tells the kind, four for
//! the length, then as many.

use std::io::{self, Read, Write};

/// One thing said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Data, for the standard output.
    Data(String),
    /// A message, for the error stream.
    Message(String),
    /// How far the work has come.
    Progress {
        /// Files done.
        done: u64,
        /// Of so many.
        total: u64,
    },
    /// There is no more to come: a program that the worker left running may hold the stream open.
    Over,
}

impl Said {
    /// Sends it.
    ///
    /// # Errors
    ///
    /// Nobody listens any more.
    pub fn send(&self, stream: &mut impl Write) -> io::Result<()> {
        let (kind, content) = match self {
            Said::Data(text) => (b'd', text.as_bytes().to_vec()),
            Said::Message(text) => (b'm', text.as_bytes().to_vec()),
            Said::Progress { done, total } => (b'p', [done.to_le_bytes(), total.to_le_bytes()].concat()),
            Said::Over => (b'o', Vec::new()),
        };
        let length = u32::try_from(content.len()).map_err(io::Error::other)?;
        let mut whole = vec![kind];
        whole.extend(length.to_le_bytes());
        whole.extend(content);
        stream.write_all(&whole)?;
        stream.flush()
    }

    /// The next thing said; nothing where the worker is through, or was cut off in the middle of it.
    pub(super) fn hear(stream: &mut impl Read) -> Option<Said> {
        let mut head = [0; 5];
        stream.read_exact(&mut head).ok()?;
        let [kind, length @ ..] = head;
        let length = u64::from(u32::from_le_bytes(length));
        let mut content = Vec::new();
        let read = stream.take(length).read_to_end(&mut content).ok()?;
        let is_whole = u64::try_from(read).is_ok_and(|read| read == length);
        let text = |content: Vec<u8>| String::from_utf8_lossy(&content).into_owned();
        match kind {
            b'd' if is_whole => Some(Said::Data(text(content))),
            b'm' if is_whole => Some(Said::Message(text(content))),
            b'p' => {
                let (done, total) = content.split_first_chunk()?;
                let done = u64::from_le_bytes(*done);
                Some(Said::Progress { done, total: u64::from_le_bytes(total.try_into().ok()?) })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(said: &[Said]) -> Vec<u8> {
        let mut stream = Vec::new();
        said.iter().for_each(|one| one.send(&mut stream).unwrap());
        stream
    }

    fn heard(mut stream: &[u8]) -> Vec<Said> {
        std::iter::from_fn(|| Said::hear(&mut stream)).collect()
    }

    #[test]
    fn what_is_said_is_heard_in_its_order() {
        let all = [
            Said::Message("Đã nhận 3 tệp.\nXong.\n".into()),
            Said::Progress { done: 2, total: 1 << 40 },
            Said::Data("{}".into()),
            Said::Message(String::new()),
        ];
        assert_eq!(heard(&sent(&all)), all);
    }

    #[test]
    fn nothing_is_heard_after_the_end() {
        assert_eq!(
            heard(&sent(&[Said::Data("a".into()), Said::Over, Said::Data("b".into())])),
            [Said::Data("a".into())]
        );
    }

    #[test]
    fn what_was_cut_off_is_not_heard() {
        let first = Said::Message("một".into());
        let stream = sent(&[first.clone(), Said::Progress { done: 1, total: 2 }]);
        let whole = sent(std::slice::from_ref(&first)).len();
        for end in whole..stream.len() {
            assert_eq!(heard(&stream[..end]), std::slice::from_ref(&first), "cut at {end}");
        }
    }
}
