//! Documents and their directives.

use super::{Context, Event, EventKind, Parser, State, is};
use crate::read::Problem;
use crate::scan::{Fault, Mark, TokenKind};

/// Every `%TAG` is compared with all before it; nobody writes as many as would be felt.
const DIRECTIVES: usize = 1000;

type Result<'t> = std::result::Result<Event<'t>, Fault>;

impl<'t> Parser<'t> {
    /// The first document, which needs no `---`.
    pub(super) fn stream_start(&mut self) -> Result<'t> {
        self.take_mark()?; // The stream's start.
        let token = self.peek()?;
        let mark = token.mark;
        if is!(
            token,
            TokenKind::VersionDirective { .. }
                | TokenKind::TagDirective { .. }
                | TokenKind::DocumentStart
                | TokenKind::StreamEnd
        ) {
            return self.explicit_document();
        }
        self.default_tags();
        self.states.push(State::DocumentEnd);
        self.state = State::BlockNode;
        let mut event = self.event(EventKind::DocumentStart, mark);
        event.comments = self.document_head();
        Ok(event)
    }

    pub(super) fn document_start(&mut self) -> Result<'t> {
        while is!(self.peek()?, TokenKind::DocumentEnd) {
            self.take();
        }
        self.explicit_document()
    }

    fn explicit_document(&mut self) -> Result<'t> {
        let mark = self.peek()?.mark;
        if is!(self.peek()?, TokenKind::StreamEnd) {
            self.state = State::End;
            self.take();
            return Ok(self.event(EventKind::StreamEnd, mark));
        }
        self.directives()?;
        let token = self.peek()?;
        let found = token.mark;
        if !is!(token, TokenKind::DocumentStart) {
            let problem = "did not find expected <document start>";
            return Err(self.scanner.fault(problem, found));
        }
        self.take();
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        Ok(self.event(EventKind::DocumentStart, mark))
    }

    pub(super) fn document_content(&mut self) -> Result<'t> {
        let token = self.peek()?;
        let mark = token.mark;
        match token.kind {
            TokenKind::VersionDirective { .. }
            | TokenKind::TagDirective { .. }
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => {
                self.pop_state();
                Ok(self.empty_scalar(mark))
            }
            _ => self.node(Context::Block),
        }
    }

    pub(super) fn document_end(&mut self) -> Result<'t> {
        let token = self.peek()?;
        let mark = token.mark;
        if is!(token, TokenKind::DocumentEnd) {
            self.take();
        }
        self.tags.clear();
        self.state = State::DocumentStart;
        let mut event = self.event(EventKind::DocumentEnd, mark);
        event.comments = self.document_foot();
        Ok(event)
    }

    fn directives(&mut self) -> std::result::Result<(), Fault> {
        let mut has_version = false;
        loop {
            let mark = self.peek()?.mark;
            match self.peek()?.kind {
                TokenKind::VersionDirective { .. } if has_version => {
                    let problem = "found duplicate %YAML directive";
                    return Err(self.scanner.fault(problem, mark));
                }
                TokenKind::VersionDirective { major: 1, minor: 1 } => has_version = true,
                TokenKind::VersionDirective { .. } => {
                    let problem = "found incompatible YAML document";
                    return Err(self.scanner.fault(problem, mark));
                }
                TokenKind::TagDirective { .. } => {}
                _ => break,
            }
            self.take_directive(mark)?;
        }
        self.default_tags();
        Ok(())
    }

    fn take_directive(&mut self, mark: Mark) -> std::result::Result<(), Fault> {
        let token = self.take().map(|token| token.kind);
        if let Some(TokenKind::TagDirective { handle, prefix }) = token {
            self.directives += 1;
            if self.directives > DIRECTIVES {
                let problem = Problem::TooManyDirectives { limit: DIRECTIVES };
                return Err((self.place(mark), problem));
            }
            if self.tags.iter().any(|(known, _)| *known == handle) {
                return Err(self.scanner.fault("found duplicate %TAG directive", mark));
            }
            self.tags.push((handle, prefix));
        }
        Ok(())
    }

    fn default_tags(&mut self) {
        for (handle, prefix) in [("!", "!"), ("!!", "tag:yaml.org,2002:")] {
            if !self.tags.iter().any(|(known, _)| *known == handle) {
                self.tags.push((handle, prefix.into()));
            }
        }
    }
}
