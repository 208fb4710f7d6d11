package dev.fettle.core.secret;

/// A secret that a session has met, without the secret.
///
/// @param handle what stands for it, without the brackets: `openai#1`
/// @param fingerprint a keyed hash of the value, by which it is recognised when it is met again
public record SeenSecret(String handle, String kind, String fingerprint) {
    int number() {
        return Integer.parseInt(handle.substring(handle.lastIndexOf('#') + 1));
    }
}
