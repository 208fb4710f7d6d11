package dev.fettle.server.problem;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Why a request was not done (RFC 9457), in words for the person who sent it: nothing about how the server
/// is made.
///
/// @param headers what the answer must carry besides, as `Retry-After`; not part of the document
public record Problem(int status, String detail, List<FieldError> errors, Map<String, String> headers) {
    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("Not the status of a problem: " + status);
        }
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    public Problem(int status, String detail) {
        this(status, detail, List.of(), Map.of());
    }

    public Problem(int status, String detail, List<FieldError> errors) {
        this(status, detail, errors, Map.of());
    }

    public Problem with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Problem(status, detail, errors, more);
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }

    /// The phrase of RFC 9110, which is what a problem of type `about:blank` is titled.
    public String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            case 507 -> "Insufficient Storage";
            default -> status < 500 ? "Request Not Done" : "Server Error";
        };
    }
}
