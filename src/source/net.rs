//! An address in the net becomes bytes: asked within limits of time and size, redirects followed, never a document by itself.
//!
//! Addresses may hold any letters: they are asked for as the URL Standard writes them. The proxy is that of the environment. What the
//! server said of the bytes comes along: their type, their charset, and the marks by which it can be asked later whether they have
//! changed (RFC 9110, 13.1).

mod problem;
mod proxy;

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::header::{
    CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    LOCATION, PROXY_AUTHORIZATION,
};
use ureq::http::{HeaderMap, Response};
use ureq::{Body, Timeout};
use url::Url;

use super::format::{Format, TELLING, recognise};
use super::spool::Spool;
use super::{Problem, SourceError};
use problem::problem;
use proxy::Way;

/// What a request may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until the connection stands.
    pub connect: Duration,
    /// Until the last byte is there.
    pub whole: Duration,
    /// Bytes of the body, decompressed.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            bytes: 32 << 20,
        }
    }
}

/// How many times a server may send one on.
const REDIRECTS: u32 = 8;

/// The types that are asked for, the best liked first.
const ACCEPTED: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, \
                        application/epub+zip, text/*;q=0.9, */*;q=0.5";

/// What a server gave for an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// The body.
    pub bytes: Vec<u8>,
    /// Its media type, in lower case and without parameters; empty when the server did not say.
    pub media: String,
    /// Its charset, as the server wrote it; empty when it did not say.
    pub charset: String,
    /// The marks to ask with the next time.
    pub marks: Marks,
}

impl Fetched {
    /// Whether the bytes begin as those of a feed do (RSS, Atom, RDF, JSON Feed), whatever the server calls them.
    #[must_use]
    pub fn looks_like_feed(&self) -> bool {
        let start = &self.bytes[..self.bytes.len().min(TELLING)];
        recognise("", start) == Format::Feed
    }
}

/// By what a server knows which version of something it gave; empty where it did not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// `ETag`.
    pub etag: String,
    /// `Last-Modified`.
    pub modified: String,
}

/// Fetches an address; none when what was fetched with these marks has not changed.
///
/// # Errors
/// What stood in the way: no answer in time, no such host, an answer that says no, a body beyond the limit.
pub fn fetch(address: &str, limits: Limits, marks: &Marks) -> Result<Option<Fetched>, SourceError> {
    follow(address, limits, marks).map_err(|problem| SourceError {
        name: address.to_owned(),
        problem,
    })
}

/// Asks an address, and those that it is sent on to. This is done here because servers write any letters into where they send one,
/// and because each hop has the proxy of its own scheme.
fn follow(address: &str, limits: Limits, marks: &Marks) -> Result<Option<Fetched>, Problem> {
    let until = Instant::now() + limits.whole;
    let mut url = Url::parse(address).map_err(|_| Problem::NoAddress)?;
    for _ in 0..=REDIRECTS {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Problem::NoAddress);
        }
        let left = until.saturating_duration_since(Instant::now());
        let way = proxy::way(&url).map_err(Problem::NoConnection)?;
        let answer = ask(
            (&url, way),
            Limits {
                whole: left,
                ..limits
            },
            marks,
        );
        let answer = answer.map_err(|error| problem(error, limits))?;
        if answer.status() == 304 {
            return Ok(None);
        }
        let location = answer.headers().get(LOCATION);
        match location.filter(|_| answer.status().is_redirection()) {
            Some(location) => {
                let location = String::from_utf8_lossy(location.as_bytes());
                url = url.join(&location).map_err(|_| Problem::NoAddress)?;
            }
            None if matches!(answer.status().as_u16(), 301..=303 | 307 | 308) => {
                return Err(Problem::Answer(format!("{} Location?", answer.status())));
            }
            None => return body(answer, limits).map(Some),
        }
    }
    Err(Problem::Redirects)
}

/// Asks one address once.
fn ask(
    (url, way): (&Url, Way),
    limits: Limits,
    marks: &Marks,
) -> Result<Response<Body>, ureq::Error> {
    if limits.whole.is_zero() {
        return Err(ureq::Error::Timeout(Timeout::Global));
    }
    let config = Agent::config_builder()
        .timeout_global(Some(limits.whole))
        .timeout_connect(Some(limits.connect))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("qari/", env!("CARGO_PKG_VERSION")))
        .accept(ACCEPTED);
    let mut credentials = None;
    let agent: Agent = match way {
        Way::Straight => config.proxy(None).build().into(),
        Way::Tunnel(proxy) => config.proxy(Some(proxy)).build().into(),
        Way::Asking(asked) => {
            credentials.clone_from(&asked.credentials);
            Agent::with_parts(config.proxy(None).build(), asked.clone(), asked)
        }
    };
    let mut request = agent.get(url.as_str());
    if let Some(credentials) = credentials {
        request = request.header(PROXY_AUTHORIZATION, credentials);
    }
    for (header, mark) in [
        (IF_NONE_MATCH, &marks.etag),
        (IF_MODIFIED_SINCE, &marks.modified),
    ] {
        if !mark.is_empty() {
            request = request.header(header, mark);
        }
    }
    request.call()
}

/// Takes in what was answered, if it can be read.
fn body(mut answer: Response<Body>, limits: Limits) -> Result<Fetched, Problem> {
    // What is unpacked already is not named there any more.
    let packed = header(answer.headers(), &CONTENT_ENCODING);
    if !matches!(packed.as_str(), "" | "identity") {
        return Err(Problem::Answer(format!("Content-Encoding: {packed}")));
    }
    let (media, charset) = kind(answer.headers());
    let marks = Marks {
        etag: header(answer.headers(), &ETAG),
        modified: header(answer.headers(), &LAST_MODIFIED),
    };
    // Counted here, after decompression: a limit of the library's own counts what came over the wire.
    // As long as it comes in, no more of it is held than of anything that cannot be sought.
    let body = answer.body_mut().as_reader();
    let body = Spool::of(body.take(limits.bytes.saturating_add(1)))
        .map_err(|error| problem(ureq::Error::from(error), limits))?;
    let bytes = body.into_bytes().map_err(Problem::Io)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > limits.bytes) {
        return Err(Problem::TooLarge { most: limits.bytes });
    }
    Ok(Fetched {
        bytes,
        media,
        charset,
        marks,
    })
}

/// A header as text; empty where there is none.
fn header(headers: &HeaderMap, name: &ureq::http::HeaderName) -> String {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().trim().to_owned()
}

/// The media type and the charset of `Content-Type`.
fn kind(headers: &HeaderMap) -> (String, String) {
    let value = header(headers, &CONTENT_TYPE);
    let mut parts = value.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"').to_owned())
    });
    (media, charset.unwrap_or_default())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    const SHORT: Limits = Limits {
        connect: Duration::from_millis(500),
        whole: Duration::from_millis(800),
        bytes: 1000,
    };

    /// A server that answers each request with what `answer` makes of its text; its address.
    fn server(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = Vec::new();
                let mut buffer = [0; 4096];
                while !request.ends_with(b"\r\n\r\n") {
                    match stream.read(&mut buffer) {
                        Ok(count @ 1..) => request.extend(&buffer[..count]),
                        _ => break,
                    }
                }
                let _ = stream.write_all(&answer(&String::from_utf8_lossy(&request)));
            }
        });
        address
    }

    fn answer(head: &str, body: &[u8]) -> Vec<u8> {
        let length = body.len();
        let mut answer =
            format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")
                .into_bytes();
        answer.extend(body);
        answer
    }

    fn fetched(address: &str) -> Result<Option<Fetched>, Problem> {
        fetch(address, SHORT, &Marks::default()).map_err(|error| error.problem)
    }

    #[test]
    fn brings_the_bytes_and_what_was_said_of_them() {
        let address = server(|_| {
            let head = "200 OK\r\nContent-Type: Text/HTML; Charset=\"windows-1256\"\r\nETag: \"7\"\r\nLast-Modified: then";
            answer(head, b"\xd3\xe1\xc7\xe3")
        });
        let page = fetched(&address).unwrap().unwrap();
        assert_eq!(page.bytes, b"\xd3\xe1\xc7\xe3");
        assert_eq!(
            (page.media.as_str(), page.charset.as_str()),
            ("text/html", "windows-1256")
        );
        assert_eq!(
            (page.marks.etag.as_str(), page.marks.modified.as_str()),
            ("\"7\"", "then")
        );
    }

    #[test]
    fn asks_whether_something_has_changed() {
        let address = server(|request| {
            if request.to_lowercase().contains("if-none-match: \"7\"") {
                answer("304 Not Modified", b"")
            } else {
                answer("200 OK", b"new")
            }
        });
        let marks = Marks {
            etag: "\"7\"".into(),
            modified: String::new(),
        };
        assert_eq!(fetch(&address, SHORT, &marks).unwrap(), None);
        assert_eq!(fetched(&address).unwrap().unwrap().bytes, b"new");
    }

    #[test]
    fn decompresses_and_counts_what_comes_out() {
        fn gzip(bytes: &[u8]) -> Vec<u8> {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        let head = "200 OK\r\nContent-Encoding: gzip";
        let address = server(move |_| answer(head, &gzip("سلام".as_bytes())));
        assert_eq!(fetched(&address).unwrap().unwrap().bytes, "سلام".as_bytes());
        let bomb = server(move |_| answer(head, &gzip(&vec![b' '; 900_000])));
        assert!(matches!(
            fetched(&bomb),
            Err(Problem::TooLarge { most: 1000 })
        ));
    }

    #[test]
    fn says_why_there_is_nothing() {
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let silent = format!("http://{}", silent.local_addr().unwrap());
        assert!(fetched(&silent).is_err());
        let mute = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/a", mute.local_addr().unwrap());
        let problem = fetched(&address).unwrap_err();
        assert!(matches!(problem, Problem::Silent { .. }), "{problem:?}");

        let slow = server(|_| b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf".to_vec());
        let problem = fetched(&slow).unwrap_err();
        assert!(matches!(problem, Problem::BrokenOff), "{problem:?}");
        let large = server(|_| answer("200 OK", &[b'a'; 2000]));
        assert!(matches!(
            fetched(&large),
            Err(Problem::TooLarge { most: 1000 })
        ));
        let endless = server(|_| answer("302 Found\r\nLocation: /again", b""));
        assert!(matches!(fetched(&endless), Err(Problem::Redirects)));
        let gone = server(|_| answer("404 Not Found", b"no"));
        assert!(matches!(fetched(&gone), Err(Problem::NoPage { code: 404 })));
        let forbidden = server(|_| answer("403 Forbidden", b"no"));
        assert!(matches!(
            fetched(&forbidden),
            Err(Problem::Refused { code: 403 })
        ));
        let nobody = fetched("http://127.0.0.1:1/").unwrap_err();
        assert!(matches!(nobody, Problem::NoConnection(_)), "{nobody:?}");
        let garbage = server(|_| b"\0\0\0\0\r\n\r\n".to_vec());
        assert!(matches!(fetched(&garbage), Err(Problem::Answer(_))));
        let nowhere = server(|_| answer("302 Found", b""));
        assert!(matches!(fetched(&nowhere), Err(Problem::Answer(_))));
        let packed = server(|_| answer("200 OK\r\nContent-Encoding: br", b"x"));
        assert!(matches!(fetched(&packed), Err(Problem::Answer(_))));
        let broken = server(|_| answer("200 OK\r\nContent-Encoding: gzip", b"no gzip"));
        assert!(matches!(fetched(&broken), Err(Problem::Answer(_))));
        let nowhere = fetched("http://name.invalid/").unwrap_err();
        assert!(matches!(nowhere, Problem::NoHost), "{nowhere:?}");
        for address in ["http://", "http://[::", "http://a b/"] {
            assert!(matches!(fetched(address), Err(Problem::NoAddress)));
        }
        for elsewhere in ["file:///etc/passwd", "ftp://127.0.0.1/", "http://"] {
            let sent = format!("302 Found\r\nLocation: {elsewhere}");
            let address = server(move |_| answer(&sent, b""));
            assert!(matches!(fetched(&address), Err(Problem::NoAddress)));
        }
    }

    #[test]
    fn follows_where_it_is_sent() {
        let address = server(|request| {
            if request.starts_with("GET /new ") {
                answer("200 OK\r\nContent-Type: text/plain", b"here")
            } else {
                answer("301 Moved Permanently\r\nLocation: /new", b"")
            }
        });
        let page = fetched(&format!("{address}/old")).unwrap().unwrap();
        assert_eq!(
            (page.bytes.as_slice(), page.media.as_str()),
            (&b"here"[..], "text/plain")
        );
    }

    #[test]
    fn asks_for_addresses_in_any_letters() {
        let address = server(|request| {
            if request.starts_with("GET /%D9%85%D9%82%D8%A7%D9%84?a%20b ") {
                answer("200 OK", b"here")
            } else {
                answer("301 Moved Permanently\r\nLocation: /مقال?a b", b"")
            }
        });
        for path in ["/مقال?a b", "/old"] {
            let page = fetched(&format!("{address}{path}")).unwrap().unwrap();
            assert_eq!(page.bytes, b"here");
        }
    }

    #[test]
    fn a_feed_is_known_whatever_stands_before_it() {
        let feed = |text: &str| page(text.as_bytes()).looks_like_feed();
        let comment = format!("<!--{}-->", "x".repeat(3000));
        assert!(feed(&format!(
            "<?xml version='1.0'?>{comment}<rss version='2.0'>"
        )));
        let wide: Vec<u8> = "\u{feff}<?xml version='1.0'?><feed>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(page(&wide).looks_like_feed());
        assert!(!feed("<html><head><link href='/rss'><title><rss></title>"));
        assert!(!feed(""));
    }

    fn page(bytes: &[u8]) -> Fetched {
        Fetched {
            bytes: bytes.to_owned(),
            ..Fetched::default()
        }
    }
}
