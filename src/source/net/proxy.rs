//! The proxy of the environment, as the programs of a command line read it: `http_proxy` and `https_proxy` for addresses of their
//! scheme, `all_proxy` for both, in either case, except for the hosts that `no_proxy` names.
//!
//! The library asks every proxy for a tunnel (CONNECT), and many proxies open none to where plain pages are. So an address of http is
//! asked of the proxy itself, by its whole name in the request line (RFC 9112, 3.2.2).

use std::env;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, NextTimeout, TcpConnector, Transport,
};
use ureq::{Error, Proxy};
use url::Url;

/// The way to an address.
#[derive(Debug)]
pub enum Way {
    /// There is no proxy on it.
    Straight,
    /// Through a tunnel.
    Tunnel(Proxy),
    /// By asking a proxy for the page.
    Asking(Asked),
}

/// A proxy that is asked for pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Where it is.
    proxy: Uri,
    /// What comes before the path in the request line: the scheme and the host of what is asked for.
    before: String,
    /// The header that says who asks, in Base64, if the proxy wants to know.
    pub credentials: Option<String>,
}

/// The way to an address that the environment says.
///
/// # Errors
/// The variable whose value is no proxy, with that value.
pub fn way(url: &Url) -> Result<Way, String> {
    way_by(url, |name| env::var(name).ok())
}

fn way_by(url: &Url, variable: impl Fn(&str) -> Option<String>) -> Result<Way, String> {
    let set = |name: &str| {
        let either = [name.to_owned(), name.to_ascii_uppercase()].into_iter();
        let mut set = either.filter_map(|name| Some((variable(&name)?, name)));
        set.find(|(value, _)| !value.trim().is_empty())
    };
    let Some((value, name)) = set(&format!("{}_proxy", url.scheme())).or_else(|| set("all_proxy"))
    else {
        return Ok(Way::Straight);
    };
    if set("no_proxy").is_some_and(|(hosts, _)| names(&hosts, url)) {
        return Ok(Way::Straight);
    }
    let wrong = || format!("{name}={value}");
    let whole = if value.contains("://") {
        value.trim().to_owned()
    } else {
        format!("http://{}", value.trim())
    };
    let proxy = Url::parse(&whole).map_err(|_| wrong())?;
    let host = proxy.host_str().ok_or_else(wrong)?;
    if proxy.scheme() == "http" && url.scheme() == "http" {
        let port = proxy.port().unwrap_or(80);
        let address = format!("http://{host}:{port}");
        return Ok(Way::Asking(Asked {
            proxy: address.parse().map_err(|_| wrong())?,
            before: url[..url::Position::BeforePath].replace(&credentials_of(url), ""),
            credentials: Some(credentials_of(&proxy))
                .filter(|known| !known.is_empty())
                .map(|known| format!("Basic {}", base64(known.trim_end_matches('@').as_bytes()))),
        }));
    }
    if !matches!(proxy.scheme(), "http" | "https") {
        return Err(wrong());
    }
    Proxy::new(&whole).map(Way::Tunnel).map_err(|_| wrong())
}

/// Name and password of an address, as they stand in it; empty where there are none.
fn credentials_of(url: &Url) -> String {
    url[url::Position::BeforeUsername..url::Position::BeforeHost].to_owned()
}

/// Whether a list names the host of an address: itself, a domain that it is in, `host:port`, or all by `*`.
fn names(hosts: &str, url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    let port = url.port_or_known_default().unwrap_or_default().to_string();
    hosts.split([',', ' ']).any(|named| {
        let named = named.trim().trim_start_matches('*').trim_start_matches('.');
        let named = match named.rsplit_once(':') {
            Some((named, of)) if of == port => named,
            _ => named,
        };
        if named.is_empty() {
            return hosts.contains('*');
        }
        let inside = host.len().checked_sub(named.len());
        inside.is_some_and(|at| {
            let begins_there = at == 0 || host.as_bytes()[at - 1] == b'.';
            begins_there && host[at..].eq_ignore_ascii_case(named)
        })
    })
}

/// Bytes in Base64 (RFC 4648, 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let mut all = [0; 3];
        all[..three.len()].copy_from_slice(three);
        let all = u32::from_be_bytes([0, all[0], all[1], all[2]]);
        for place in 0..4 {
            let letter = LETTERS[(all >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}

impl Resolver for Asked {
    fn resolve(
        &self,
        _: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        DefaultResolver::default().resolve(&self.proxy, config, timeout)
    }
}

impl Connector for Asked {
    type Out = Line<Either<(), <TcpConnector as Connector>::Out>>;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<()>,
    ) -> Result<Option<Self::Out>, Error> {
        let connection = TcpConnector::default().connect(details, chained)?;
        Ok(connection.map(|connection| Line {
            connection: Either::B(connection),
            before: self.before.clone(),
        }))
    }
}

/// A connection whose requests name what they ask for whole.
#[derive(Debug)]
pub struct Line<T> {
    connection: T,
    before: String,
}

impl<T: Transport> Transport for Line<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.connection.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let buffer = self.connection.buffers().output();
        let grown = amount + self.before.len();
        let path = buffer[..amount].iter().position(|&byte| byte == b'/');
        let Some(path) = path.filter(|_| grown <= buffer.len() && !self.before.is_empty()) else {
            return self.connection.transmit_output(amount, timeout);
        };
        // A request has one line that names its page, and it comes first.
        let before = std::mem::take(&mut self.before);
        buffer.copy_within(path..amount, path + before.len());
        buffer[path..path + before.len()].copy_from_slice(before.as_bytes());
        self.connection.transmit_output(grown, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.connection.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.connection.is_open()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn way_of(address: &str, variables: &[(&str, &str)]) -> String {
        let variable = |name: &str| {
            let mut set = variables.iter().filter(|(known, _)| *known == name);
            set.next().map(|(_, value)| (*value).to_owned())
        };
        match way_by(&Url::parse(address).unwrap(), variable) {
            Ok(Way::Straight) => "straight".into(),
            Ok(Way::Tunnel(proxy)) => format!("tunnel {}", proxy.uri()),
            Ok(Way::Asking(asked)) => {
                let who = asked.credentials.unwrap_or_default();
                format!("ask {} {} {who}", asked.proxy, asked.before)
            }
            Err(wrong) => format!("wrong {wrong}"),
        }
    }

    #[test]
    fn each_scheme_has_its_proxy() {
        let both = [("http_proxy", "http://p:1"), ("HTTPS_PROXY", "q:2")];
        assert_eq!(
            way_of("http://a.example/b", &both),
            "ask http://p:1/ http://a.example "
        );
        assert_eq!(way_of("https://a.example/b", &both), "tunnel http://q:2/");
        let all = [("http_proxy", " "), ("all_proxy", "http://us:er@p")];
        assert_eq!(
            way_of("http://x:y@a.example:81/", &all),
            "ask http://p:80/ http://a.example:81 Basic dXM6ZXI="
        );
        assert_eq!(way_of("http://a.example/", &[]), "straight");
        let odd = [("all_proxy", "socks5://p")];
        assert_eq!(way_of("http://a/", &odd), "wrong all_proxy=socks5://p");
        assert_eq!(
            way_of("http://a/", &[("http_proxy", "http://[")]),
            "wrong http_proxy=http://["
        );
    }

    #[test]
    fn some_hosts_are_asked_straight() {
        let way = |address, none| way_of(address, &[("http_proxy", "p:1"), ("no_proxy", none)]);
        for none in [
            "a.example",
            "x, a.example",
            ".example",
            "*.example",
            "*",
            "A.Example:80",
        ] {
            assert_eq!(way("http://a.example/", none), "straight", "{none}");
        }
        for none in [
            "b.example",
            "aa.example",
            "",
            "a.example:81",
            "a.example.org",
        ] {
            assert!(way("http://a.example/", none).starts_with("ask"), "{none}");
        }
        assert_eq!(
            way("http://127.0.0.1:8080/", "localhost,127.0.0.1"),
            "straight"
        );
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, 10.
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
