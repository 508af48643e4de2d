//! Why a request failed, in the terms of this room.

use std::io;

use ureq::Error;

use super::Limits;
use crate::source::Problem;

/// What the system's resolver says before its reason; the standard library gives its errors no kind.
const LOOKUP: &str = "failed to lookup address";

/// What a failed request means.
pub fn problem(error: Error, limits: Limits) -> Problem {
    let silent = || Problem::Silent {
        seconds: limits.whole.as_secs(),
    };
    match error {
        Error::Timeout(_) | Error::BodyStalled => silent(),
        Error::StatusCode(code @ (404 | 410)) => Problem::NoPage { code },
        Error::StatusCode(code) => Problem::Refused { code },
        Error::HostNotFound => Problem::NoHost,
        Error::BodyExceedsLimit(most) => Problem::TooLarge { most },
        Error::ConnectionFailed => Problem::NoConnection(String::new()),
        Error::ConnectProxyFailed(detail) => Problem::NoConnection(detail),
        Error::Http(_) | Error::BadUri(_) => Problem::NoAddress,
        Error::Io(error) => match error.kind() {
            io::ErrorKind::TimedOut => silent(),
            io::ErrorKind::ConnectionRefused
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable => Problem::NoConnection(error.to_string()),
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe => Problem::BrokenOff,
            _ if error.to_string().starts_with(LOOKUP) => Problem::NoHost,
            _ => Problem::Answer(error.to_string()),
        },
        error => Problem::Answer(error.to_string()),
    }
}
