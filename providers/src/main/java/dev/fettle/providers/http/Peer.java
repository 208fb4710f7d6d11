package dev.fettle.providers.http;

import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.providers.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Whom we talk to, and so the one place where failures are put into words: who, what it said, what to do.
public record Peer(Endpoint endpoint, Model model) {
    private static final int MOST_QUOTED = 300;

    /// The provider reported a failure inside its stream.
    public ModelException complained(JsonNode event) {
        Complaint complaint = Complaint.of(event);
        Kind kind = complaint.kindInStream();
        return new ModelException(
                kind,
                "%s stopped its answer: %s%s"
                        .formatted(name(), quoted(complaint.message()), remedy(kind, complaint, 0)));
    }

    /// The provider sent what its API does not allow, or nothing.
    public ModelException garbled(String what) {
        return new ModelException(Kind.NETWORK, "%s %s; try again".formatted(name(), what));
    }

    /// The provider's server is in trouble of its own making.
    public ModelException overloaded(String what) {
        return new ModelException(Kind.OVERLOADED, "%s %s; try again later".formatted(name(), what));
    }

    ModelException answered(int status, String body, Optional<Duration> retryAfter) {
        Complaint complaint = Complaint.of(body);
        Kind kind = complaint.kind(status);
        String said = body.isBlank() ? "nothing" : quoted(complaint.message());
        return new ModelException(
                kind,
                "%s answered %d: %s%s".formatted(name(), status, said, remedy(kind, complaint, status)),
                retryAfter.or(complaint::retryAfter));
    }

    ModelException unreachable(IOException cause, Timeouts timeouts) {
        String what = switch (cause) {
            case HttpConnectTimeoutException _ ->
                "did not accept a connection within %d s"
                        .formatted(timeouts.connect().toSeconds());
            case HttpTimeoutException _ ->
                "did not begin to answer within %d s".formatted(timeouts.call().toSeconds());
            case ConnectException _
            when isUnresolved(cause) -> "has no known address; check the base URL and the network";
            case ConnectException _ -> "cannot be connected to; check the base URL and that the server runs";
            default -> "cannot be reached: " + quoted(String.valueOf(cause.getMessage()));
        };
        return new ModelException(Kind.NETWORK, name() + " " + what, cause);
    }

    ModelException broken(String what, Throwable cause) {
        return new ModelException(Kind.NETWORK, "%s %s; try again".formatted(name(), what), cause);
    }

    /// Bounded, on one line, without the key.
    String quoted(String said) {
        String text = Json.wellFormed(said).strip().replaceAll("\\s+", " ");
        if (endpoint.key().isPresent()) {
            text = text.replace(endpoint.key().get(), "[key]");
        }
        return text.length() <= MOST_QUOTED ? text : Json.wellFormed(text.substring(0, MOST_QUOTED)) + "…";
    }

    private String name() {
        return "%s (%s)".formatted(model.provider(), endpoint.hostAndPort());
    }

    private String remedy(Kind kind, Complaint complaint, int status) {
        return switch (kind) {
            case AUTH ->
                complaint.isUnpaid(status)
                        ? "; check the balance and limits of the account"
                        : "; " + endpoint.keyHint();
            case INVALID_REQUEST ->
                status == 404 ? "; check the model's name, `%s`, and the base URL".formatted(model.id()) : "";
            case CONTEXT_TOO_LONG, RATE_LIMITED, OVERLOADED, NETWORK -> "";
        };
    }

    private static boolean isUnresolved(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
