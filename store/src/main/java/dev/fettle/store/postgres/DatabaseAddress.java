package dev.fettle.store.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Where a PostgreSQL database is and as whom to use it, from `postgresql://user:password@host:port/database`.
/// What follows a `?` goes to the driver: `sslmode=verify-full`, `connectTimeout=5`
/// (<https://jdbc.postgresql.org/documentation/use/>).
///
/// @param options as in the URL, without user and password
record DatabaseAddress(String host, int port, String database, String user, String password, String options) {
    private static final int STANDARD_PORT = 5432;

    static DatabaseAddress of(URI url) {
        String[] userInfo = (url.getRawUserInfo() == null ? "" : url.getRawUserInfo()).split(":", 2);
        String user = decoded(userInfo[0]);
        String password = userInfo.length > 1 ? decoded(userInfo[1]) : "";
        List<String> options = new ArrayList<>();
        for (String option : (url.getRawQuery() == null ? "" : url.getRawQuery()).split("&", -1)) {
            if (option.startsWith("user=")) {
                user = decoded(option.substring("user=".length()));
            } else if (option.startsWith("password=")) {
                password = decoded(option.substring("password=".length()));
            } else if (!option.isEmpty()) {
                options.add(option);
            }
        }
        String path = url.getRawPath() == null ? "" : decoded(url.getRawPath().replaceFirst("^/", ""));
        user = user.isEmpty() ? "postgres" : user;
        return new DatabaseAddress(
                url.getHost(),
                url.getPort() < 0 ? STANDARD_PORT : url.getPort(),
                path.isEmpty() ? user : path,
                user,
                password,
                String.join("&", options));
    }

    /// A plus sign is itself here, unlike in a form.
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Without user and password.
    String jdbcUrl() {
        String name = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        return "jdbc:postgresql://%s:%d/%s%s".formatted(host, port, name, options.isEmpty() ? "" : "?" + options);
    }

    /// For messages: host, port and database.
    @Override
    public String toString() {
        return "%s:%d/%s".formatted(host, port, database);
    }
}
