//! `%YAML` and `%TAG`.

use super::mark::{Fault, Mark};
use super::{Scanner, TokenKind};

const DIRECTIVE: &str = "while scanning a directive";
const VERSION: &str = "while scanning a %YAML directive";
const TAG: &str = "while scanning a %TAG directive";

impl<'t> Scanner<'t> {
    pub(super) fn fetch_directive(&mut self) -> Result<(), Fault> {
        self.end_blocks()?;
        let mark = self.cursor.mark();
        self.cursor.advance(1);
        let kind = match self.directive_name(mark)? {
            "YAML" => self.version(mark)?,
            "TAG" => self.tag_directive(mark)?,
            _ => return Err(self.scan_fault((DIRECTIVE, mark), "found unknown directive name")),
        };
        self.end_of_directive(mark)?;
        self.push(kind, mark);
        Ok(())
    }

    fn directive_name(&mut self, mark: Mark) -> Result<&'t str, Fault> {
        let name = self.word();
        let problem = match name {
            "" => "could not find expected directive name",
            _ if !self.cursor.is_gap(0) => "found unexpected non-alphabetical character",
            _ => return Ok(name),
        };
        Err(self.scan_fault((DIRECTIVE, mark), problem))
    }

    fn version(&mut self, mark: Mark) -> Result<TokenKind<'t>, Fault> {
        self.cursor.skip_blanks();
        let major = self.version_number(mark)?;
        if self.cursor.byte() != b'.' {
            let problem = "did not find expected digit or '.' character";
            return Err(self.scan_fault((VERSION, mark), problem));
        }
        self.cursor.advance(1);
        let minor = self.version_number(mark)?;
        Ok(TokenKind::VersionDirective { major, minor })
    }

    fn version_number(&mut self, mark: Mark) -> Result<u8, Fault> {
        let start = self.cursor.at();
        while self.cursor.byte().is_ascii_digit() {
            self.cursor.advance(1);
        }
        let digits = self.cursor.slice(start, self.cursor.at());
        let problem = match digits.len() {
            0 => "did not find expected version number",
            1 | 2 => return Ok(digits.parse().unwrap_or(0)),
            _ => "found extremely long version number",
        };
        Err(self.scan_fault((VERSION, mark), problem))
    }

    fn tag_directive(&mut self, mark: Mark) -> Result<TokenKind<'t>, Fault> {
        self.cursor.skip_blanks();
        let handle = self.tag_handle(mark)?;
        if !self.cursor.is_blank(0) {
            return Err(self.scan_fault((TAG, mark), "did not find expected whitespace"));
        }
        self.cursor.skip_blanks();
        let prefix = self.uri(self.cursor.at(), (TAG, mark))?;
        let problem = match prefix.is_empty() {
            true => "did not find expected tag URI",
            false if !self.cursor.is_gap(0) => "did not find expected whitespace or line break",
            false => return Ok(TokenKind::TagDirective { handle, prefix }),
        };
        Err(self.scan_fault((TAG, mark), problem))
    }

    /// `!` or `!name!`
    fn tag_handle(&mut self, mark: Mark) -> Result<&'t str, Fault> {
        let start = self.cursor.at();
        let starts = self.cursor.byte() == b'!';
        if starts {
            self.cursor.advance(1);
            let name = self.word();
            if self.cursor.byte() == b'!' {
                self.cursor.advance(1);
                return Ok(self.cursor.slice(start, self.cursor.at()));
            }
            if name.is_empty() {
                return Ok("!");
            }
        }
        Err(self.scan_fault((TAG, mark), "did not find expected '!'"))
    }

    fn end_of_directive(&mut self, mark: Mark) -> Result<(), Fault> {
        self.cursor.skip_blanks();
        if self.cursor.byte() == b'#' {
            self.cursor.skip_line();
        }
        if !self.cursor.is_break_or_end(0) {
            let problem = "did not find expected comment or line break";
            return Err(self.scan_fault((DIRECTIVE, mark), problem));
        }
        self.cursor.take_break();
        Ok(())
    }
}
