//! One HTTP request and its answer, as the readers and writers the Git library wants.

use super::RemoteError;
use super::http::Link;
use super::http_answers::header_text;
use bytes::Bytes;
use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Method, Response, Url};
use std::cell::RefCell;
use std::io::{self, BufRead, Read, Write};
use std::rc::Rc;

/// One request and its answer. The Git library asks for the answer's readers before it has written
/// the request, so the request is sent when somebody first reads.
pub(crate) enum Exchange {
    Waiting {
        url: Url,
        headers: HeaderMap,
        body: Vec<u8>,
    },
    Started(Response),
    Failed,
}

fn started<'a>(link: &Link, exchange: &'a mut Exchange) -> io::Result<&'a mut Response> {
    if let Exchange::Waiting { .. } = exchange
        && let Exchange::Waiting { url, headers, body } =
            std::mem::replace(exchange, Exchange::Failed)
    {
        let response = link.send(Method::POST, url.clone(), headers, body)?;
        if response.status().is_redirection() {
            let to = header_text(&response, LOCATION);
            let reason = "only the first request of a conversation may be redirected";
            return Err(link.wire.fail(RemoteError::Redirect { to, reason }));
        }
        *exchange = Exchange::Started(link.check(response, "result")?);
    }
    match exchange {
        Exchange::Started(response) => Ok(response),
        _ => Err(io::Error::other("the request failed before")),
    }
}

/// Collects the body of a POST; it is small: what we want and what we have.
pub(crate) struct PostBuffer(pub Rc<RefCell<Exchange>>);

impl Write for PostBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut *self.0.borrow_mut() {
            Exchange::Waiting { body, .. } => body.write(bytes),
            _ => Err(io::Error::other("the request was already sent")),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The answer's headers, one a line.
pub(crate) struct HeaderLines {
    link: Rc<Link>,
    exchange: Rc<RefCell<Exchange>>,
    lines: Option<io::Cursor<Vec<u8>>>,
}

impl HeaderLines {
    pub fn of(link: &Rc<Link>, exchange: &Rc<RefCell<Exchange>>) -> Self {
        Self {
            link: link.clone(),
            exchange: exchange.clone(),
            lines: None,
        }
    }

    fn lines(&mut self) -> io::Result<&mut io::Cursor<Vec<u8>>> {
        if self.lines.is_none() {
            let mut exchange = self.exchange.borrow_mut();
            let response = started(&self.link, &mut exchange)?;
            let mut text = Vec::new();
            for (name, value) in response.headers() {
                text.extend([name.as_str().as_bytes(), b":", value.as_bytes(), b"\n"].concat());
            }
            self.lines = Some(io::Cursor::new(text));
        }
        Ok(self.lines.get_or_insert_default())
    }
}

impl Read for HeaderLines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.lines()?.read(buffer)
    }
}

impl BufRead for HeaderLines {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.lines()?.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if let Some(lines) = &mut self.lines {
            lines.consume(amount);
        }
    }
}

/// The answer's body, as it arrives.
pub(crate) struct Body {
    link: Rc<Link>,
    exchange: Rc<RefCell<Exchange>>,
    chunk: Bytes,
}

impl Body {
    pub fn of(link: &Rc<Link>, exchange: &Rc<RefCell<Exchange>>) -> Self {
        Self {
            link: link.clone(),
            exchange: exchange.clone(),
            chunk: Bytes::new(),
        }
    }

    fn next_chunk(&mut self) -> io::Result<Option<Bytes>> {
        let mut exchange = self.exchange.borrow_mut();
        let response = started(&self.link, &mut exchange)?;
        let wire = &self.link.wire;
        match wire.wait(async { response.chunk().await })? {
            Ok(chunk) => {
                wire.received(chunk.as_ref().map_or(0, Bytes::len))?;
                Ok(chunk)
            }
            Err(error) => Err(wire.fail(RemoteError::Cut {
                source: error.without_url().into(),
            })),
        }
    }
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let amount = ready.len().min(buffer.len());
        buffer[..amount].copy_from_slice(&ready[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}

impl BufRead for Body {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.chunk.is_empty() {
            match self.next_chunk()? {
                Some(chunk) => self.chunk = chunk,
                None => break,
            }
        }
        Ok(&self.chunk)
    }

    fn consume(&mut self, amount: usize) {
        let _ = self.chunk.split_to(amount);
    }
}
