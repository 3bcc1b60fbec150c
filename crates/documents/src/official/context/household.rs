//! The certificate of a household (mẫu số 03): one row a year.

use kernel::Day;
use serde::{Deserialize, Serialize};

use super::{Head, Signer, Standing};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateMember {
    pub name: String,
    #[serde(default)]
    pub birth_year: Option<i16>,
    /// `Nam` or `Nữ`: decides the column of the year.
    #[serde(default)]
    pub sex: Option<String>,
    #[serde(default)]
    pub relation: Option<String>,
}

/// The row of the year after a review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateYear {
    pub year: i16,
    /// `N` or `CN`; nothing in a row still free.
    #[serde(default)]
    pub class: Option<String>,
    /// The deprivations, in the order of [`Certificate::indicators`].
    #[serde(default)]
    pub marks: Vec<bool>,
    #[serde(default)]
    pub signed_on: Option<Day>,
    #[serde(default)]
    pub signer: Option<Signer>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    pub standing: Standing,
    /// Its number and symbol are those of the certificate.
    pub head: Head,
    pub head_name: String,
    #[serde(default)]
    pub ethnicity: Option<String>,
    #[serde(default)]
    pub id_number: Option<String>,
    pub address: String,
    /// With it the household asks after itself.
    #[serde(default)]
    pub household_code: Option<String>,
    pub members: Vec<CertificateMember>,
    /// Names of the deprivations, in the order of their numbers.
    pub indicators: Vec<String>,
    pub years: Vec<CertificateYear>,
}
