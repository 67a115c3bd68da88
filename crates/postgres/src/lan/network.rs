//! Addresses of a local network.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// What is nobody's address on the Internet (RFC 1918, 4193, link-local, loopback).
const LOCAL: [&str; 8] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "127.0.0.0/8",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
];

/// One computer, or all computers of a local network: `192.168.1.20`, `192.168.1.0/24`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Its first address.
    pub fn first(&self) -> IpAddr {
        self.address
    }

    /// Without a word on whether it is local.
    fn read(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().ok()?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(bits), |prefix| prefix.trim().parse().ok())?;
        (prefix <= bits).then(|| Self {
            address: leading(address, prefix),
            prefix,
        })
    }

    fn lies_in(&self, range: Self) -> bool {
        self.address.is_ipv4() == range.address.is_ipv4()
            && self.prefix >= range.prefix
            && leading(self.address, range.prefix) == range.address
    }
}

/// An address with everything behind the first `prefix` bits taken away.
fn leading(address: IpAddr, prefix: u8) -> IpAddr {
    let prefix = u32::from(prefix);
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
            IpAddr::V4((u32::from(address) & mask).into())
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - prefix).unwrap_or(0);
            IpAddr::V6((u128::from(address) & mask).into())
        }
    }
}

impl FromStr for Network {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let network = Self::read(text).ok_or_else(|| Error::NoNetwork {
            text: text.to_owned(),
        })?;
        let is_local = LOCAL
            .iter()
            .filter_map(|range| Self::read(range))
            .any(|range| network.lies_in(range));
        if is_local {
            Ok(network)
        } else {
            Err(Error::NotLocal {
                network: network.to_string(),
            })
        }
    }
}

impl TryFrom<String> for Network {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.to_string()
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.address, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_network_and_a_single_computer_are_taken() {
        let read = |text: &str| text.parse::<Network>().map(|network| network.to_string());
        assert_eq!(read("192.168.1.77/24"), Ok("192.168.1.0/24".to_owned()));
        assert_eq!(read("10.1.2.3"), Ok("10.1.2.3/32".to_owned()));
        assert_eq!(read("fd12::/64"), Ok("fd12::/64".to_owned()));
    }

    #[test]
    fn the_internet_and_everybody_are_refused() {
        for text in ["0.0.0.0/0", "::/0", "8.8.8.8", "192.0.0.0/2", "172.0.0.0/8"] {
            let refused = text.parse::<Network>();
            assert!(matches!(refused, Err(Error::NotLocal { .. })), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "192.168.1", "192.168.1.0/33", "office", "10.0.0.0/-1"] {
            let refused = text.parse::<Network>();
            assert!(matches!(refused, Err(Error::NoNetwork { .. })), "{text}");
        }
    }
}
