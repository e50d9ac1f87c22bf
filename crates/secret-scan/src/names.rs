//! What a name says of its value: that it is a secret, or that it is not.

use crate::context::words;

/// What a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// The value is a secret: `db_password`.
    Secret,
    /// The value may be one: `key`.
    Perhaps,
    /// Nothing.
    Nothing,
    /// The value is something else: `token_url`, `public_key`.
    Other,
    /// The value is a digest: `sha256`, `integrity`.
    Digest,
    /// The value is shown or refused, not used: `invalidToken`, `example_key`.
    Example,
}

/// Words after which nothing is left to ask.
const SECRET: &str = "secret secrets password passwd passphrase passcode pwd pass pw token apikey credential \
    credentials creds cred bearer jwt authtoken accesstoken secretkey accesskey privatekey \
    apitoken clientsecret authkey licensekey userpass passwort contraseña contrasena senha pat";
/// Words that make a secret of a `key`.
const KEYS: &str = "api access secret private auth encryption encrypt signing sign master service account license \
    licence shared admin client app application storage session hmac deploy ssh subscription \
    server webhook write read consumer integration live restricted user crypt aes instance";
/// Words that leave it open.
const PERHAPS: &str = "key keys auth authorization authentication access private login session cookie \
    pin otp seed mnemonic webhook dsn license licence sas code psk tokens passwords api sid \
    connection";
/// Last words of names whose values are something else.
const OTHER: &str = "id ids name names url uri urls path paths file files filename dir folder type types kind count \
    len length size version format mode index endpoint host hostname port header headers field \
    fields label title message text description class style color colour icon image date time \
    timestamp timeout ttl expires expiry expiration alias selector prefix suffix pattern regex \
    regexp algorithm alg scope scopes provider manager handler policy status state event \
    position column table commit revision rev ref branch tag uuid guid placeholder hint error \
    enabled required generator validator factory arn region zone bucket locale lang language \
    layout template model schema view route method action property attribute group role owner \
    email address domain issuer audience subject kid parameter param params argument option \
    options config settings callback listener storage store vault chars charset alphabet \
    characters keyframe iterator accessor accessibility author authors authority keyword \
    keywords keyboard monkey source resource target reference license copyright point points \
    curve cert certificate pub pubkey public asset";
/// Words before a last word `key` or `token` that make something else of it.
const PUBLIC: &str = "public pub publishable primary foreign sort partition hash cache bucket schema sequence natural \
    idx index object row group json dict map lookup i18n translation csrf xsrf authenticity antiforgery pagination page \
    next continuation sync cancellation storybook figma routing dedup idempotency verify \
    verification site known config data react query props component animation hot press parent \
    child item column field attribute event message";
/// Words that say that a value is not in use.
const EXAMPLE: &str =
    "invalid bad wrong fake dummy example sample mock mocked stub placeholder non bogus malformed";
/// Words of digests.
const DIGEST: &str = "signature signatures sha sha1 sha224 sha256 sha384 sha512 md5 hash hashes digest digests checksum checksums integrity \
    etag fingerprint thumbprint crc crc32 sum commit revision rev sha256sum md5sum blake2 blake3 \
    oid treehash chksum shasum hashed githead cid";

/// Whether a name is a password's.
pub(crate) fn is_password(name: &[u8]) -> bool {
    let glued = ["password", "passwd", "passphrase", "pwd", "passwort"];
    let last = words(name).pop().unwrap_or_default();
    let last = last.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(last, "pass" | "pw") || glued.iter().any(|ending| last.ends_with(ending))
}

/// What a name says of its value.
pub(crate) fn says(name: &[u8]) -> Says {
    let has = crate::value::is_one_of;
    let words = words(name);
    let mut words: Vec<&str> =
        words.iter().map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit())).collect();
    // A number at the end, and words that only say which one of several.
    while words.last().is_some_and(|word| {
        word.is_empty()
            || has("prod dev staging live new old b64 base value raw str string env", word)
    }) {
        words.pop();
    }
    let Some((last, before)) = words.split_last() else { return Says::Nothing };
    if has(DIGEST, last)
        || before.iter().any(|word| has("sha md digest checksum integrity fingerprint", word))
    {
        return Says::Digest;
    }
    if words.iter().any(|word| has(EXAMPLE, word)) {
        return Says::Example;
    }
    let previous = before.last().copied().unwrap_or_default();
    if matches!(*last, "key" | "keys" | "token" | "tokens") && has(PUBLIC, previous) {
        return Says::Other;
    }
    if has(SECRET, last) || (has("key keys", last) && before.iter().any(|word| has(KEYS, word))) {
        return Says::Secret;
    }
    if has(OTHER, last) {
        return Says::Other;
    }
    let glued = |ending: &&str| last.len() > ending.len() && last.ends_with(*ending);
    if ["secret", "password", "passwd", "token", "apikey", "pwd", "passphrase"].iter().any(glued) {
        return Says::Secret;
    }
    let any = |list: &str| words.iter().any(|word| has(list, word));
    if any(PERHAPS) || any(SECRET) || glued(&"key") || glued(&"pass") {
        Says::Perhaps
    } else {
        Says::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_speak() {
        for (names, wanted) in [
            (
                "db_password apiToken CLIENT_SECRET client.secret access_key aws_secret_access_key PGPASSWORD",
                Says::Secret,
            ),
            ("secret_2 API_KEY_PROD mytoken secretString", Says::Secret),
            ("key auth session-cookie", Says::Perhaps),
            ("value x color_of", Says::Nothing),
            (
                "token_url publicKey primary_key password_hint api_version keyId secretName csrf_token author",
                Says::Other,
            ),
            ("invalidToken example_api_key nonMatchingToken", Says::Example),
            ("sha256 integrity password_hash git_commit SHA512SUM", Says::Digest),
        ] {
            for name in names.split(' ') {
                assert_eq!(says(name.as_bytes()), wanted, "{name}");
            }
        }
    }
}
