//! XChaCha20-Poly1305, and the padding that hides lengths. Pure.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::DataKey;

const NONCE_BYTES: usize = 24;
/// Plain text is stored as one of the sizes from this on, each twice the one before: names all look alike.
const SIZE_MIN: usize = 256;
const LENGTH_BYTES: usize = 4;

/// The nonce, drawn at random, and the ciphertext, which opens only together with `context`.
pub(crate) fn encrypt(key: &DataKey, context: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut nonce = [0; NONCE_BYTES];
    rand::fill(&mut nonce);
    let payload = Payload { msg: plain, aad: context };
    let ciphertext = cipher(key).encrypt(&XNonce::from(nonce), payload).expect("far shorter than the cipher's limit");
    [&nonce[..], &ciphertext].concat()
}

/// The plain text; none if key, context or a single bit is not that of [`encrypt`].
pub(crate) fn decrypt(key: &DataKey, context: &[u8], stored: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, ciphertext) = stored.split_first_chunk::<NONCE_BYTES>()?;
    let payload = Payload { msg: ciphertext, aad: context };
    cipher(key).decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
}

fn cipher(key: &DataKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.as_bytes().into())
}

/// The text, zeros up to the next size, and its length at the end.
pub(crate) fn pad(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let size = (plain.len() + LENGTH_BYTES).next_power_of_two().max(SIZE_MIN);
    let mut padded = Zeroizing::new(vec![0; size]);
    padded[..plain.len()].copy_from_slice(plain);
    padded[size - LENGTH_BYTES..].copy_from_slice(&(plain.len() as u32).to_le_bytes());
    padded
}

/// What was padded; none if it does not say a length that it has.
pub(crate) fn unpad(mut padded: Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
    let (rest, length) = padded.split_last_chunk::<LENGTH_BYTES>()?;
    let length = u32::from_le_bytes(*length) as usize;
    (length <= rest.len()).then(|| padded.truncate(length))?;
    Some(padded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_known_up_to_its_size_only() {
        let sizes = |lengths: &[usize]| lengths.iter().map(|n| pad(&vec![7; *n]).len()).collect::<Vec<_>>();
        assert_eq!(sizes(&[0, 1, 6, 252, 253, 508, 509, 65_536]), [256, 256, 256, 256, 512, 512, 1024, 131_072]);
        for length in [0, 1, 252, 253, 1000] {
            let plain = vec![7; length];
            assert_eq!(**unpad(pad(&plain)).unwrap(), plain);
        }
    }

    #[test]
    fn refuses_a_length_that_is_not_there() {
        let long = [&[0; 8][..], &9_u32.to_le_bytes()].concat();
        assert!(unpad(Zeroizing::new(long)).is_none());
        assert!(unpad(Zeroizing::new(vec![0; 3])).is_none());
    }

    #[test]
    fn opens_under_its_own_key_and_context_only() {
        let (key, other) = (DataKey::random(), DataKey::random());
        let stored = encrypt(&key, b"context", b"text");
        assert_eq!(**decrypt(&key, b"context", &stored).unwrap(), *b"text");
        assert!(decrypt(&other, b"context", &stored).is_none());
        assert!(decrypt(&key, b"another", &stored).is_none());
        for at in 0..stored.len() {
            let mut changed = stored.clone();
            changed[at] ^= 1;
            assert!(decrypt(&key, b"context", &changed).is_none(), "byte {at}");
        }
        assert!(decrypt(&key, b"context", &stored[..20]).is_none());
        assert_ne!(stored, encrypt(&key, b"context", b"text"), "a nonce was used twice");
    }

    /// The example of draft-irtf-cfrg-xchacha, A.3.1.
    #[test]
    fn is_the_published_cipher() {
        let key: Vec<u8> = (0x80..=0x9f).collect();
        let nonce: Vec<u8> = (0x40..=0x57).collect();
        let aad = hex::decode("50515253c0c1c2c3c4c5c6c7").unwrap();
        let ciphertext = "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb\
                          731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452\
                          2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9\
                          21f9664c97637da9768812f615c68b13b52e\
                          c0875924c1c7987947deafd8780acf49";
        let stored = [nonce, hex::decode(ciphertext).unwrap()].concat();
        let plain = decrypt(&DataKey::from_bytes(&key).unwrap(), &aad, &stored).unwrap();
        assert!(plain.starts_with(b"Ladies and Gentlemen of the class of '99"));
    }
}
