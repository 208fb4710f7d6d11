package dev.fettle.tools.git;

import dev.fettle.core.workspace.kept.GitSource;
import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import dev.fettle.core.workspace.kept.KeptWorkspaceException.Kind;
import dev.fettle.tools.network.PublicAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where repositories may be fetched from. Without a list of hosts that is every https host of the public internet: the
/// service stands in a network that its users are not in. A name that leads into it is refused, and the address
/// that was looked at is the one that is dialled, so that a name which changes its mind in between gains nothing.
///
/// @param hosts canonical names, lower case; the only ones if there are any
/// @param files below which directory repositories may be named by `file:` URLs
/// @param resolver looks names up
public record GitRules(List<String> hosts, Optional<Path> files, Resolver resolver) {
    private static final int LONGEST = 2_000;
    private static final int HTTPS = 443;

    /// So written that no spelling of an address is a name.
    private static final Pattern HOST =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+@-]{0,199}");

    /// Looks names up.
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    public GitRules {
        hosts = List.copyOf(hosts);
    }

    public GitRules(List<String> hosts, Optional<Path> files) {
        this(hosts, files, InetAddress::getAllByName);
    }

    /// Where to fetch a source from.
    ///
    /// @throws KeptWorkspaceException of kind `REFUSED`; its message does not repeat the URL, which may have
    ///     a password
    GitAddress check(GitSource source) {
        source.ref().filter(ref -> !isRef(ref)).ifPresent(_ -> {
            throw refused("`ref` is not the name of a branch or tag, nor a commit's hash.");
        });
        source.depth().filter(depth -> depth < 1).ifPresent(_ -> {
            throw refused("`depth` is a number of commits, at least 1.");
        });
        URI uri = parsed(source.url());
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("A repository's URL ends with its path; leave out what is behind it.");
        }
        return switch (scheme) {
            case "https" -> https(uri);
            case "ssh" -> ssh(uri);
            case "file" -> file(uri);
            default ->
                throw refused("Repositories are fetched by https:// URLs, and by ssh:// ones from hosts in GIT_HOSTS.");
        };
    }

    private static boolean isRef(String ref) {
        return REF.matcher(ref).matches()
                && !ref.contains("..")
                && !ref.contains("//")
                && !ref.contains("@{")
                && !ref.endsWith("/")
                && !ref.endsWith(".")
                && !ref.endsWith(".lock");
    }

    private static URI parsed(String url) {
        try {
            URI uri = new URI(url).parseServerAuthority();
            if (url.length() <= LONGEST && !uri.isOpaque()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Answered below; its message would repeat the URL.
        }
        throw refused("This is not a URL of a repository, as https://github.com/owner/project.git.");
    }

    private GitAddress https(URI uri) {
        if (uri.getRawUserInfo() != null) {
            throw refused("Leave the user name and the password out of the URL: they would be kept and shown.");
        }
        String host = host(uri);
        requirePath(uri);
        if (hosts.contains(host)) {
            return new GitAddress(
                    "https", "https://" + authority(uri, host) + uri.getRawPath(), host, Optional.empty());
        }
        if (!hosts.isEmpty()) {
            throw refused("Nothing is fetched from this host; GIT_HOSTS says from which.");
        }
        if (uri.getPort() != -1 && uri.getPort() != HTTPS) {
            throw refused("Only port 443 of hosts is used that are not in GIT_HOSTS.");
        }
        if (!HOST.matcher(host).matches()) {
            throw refused("Name the host; addresses are only used that are in GIT_HOSTS.");
        }
        return new GitAddress("https", "https://" + host + uri.getRawPath(), host, Optional.of(address(host)));
    }

    private GitAddress ssh(URI uri) {
        String user = Optional.ofNullable(uri.getRawUserInfo()).orElse("git");
        if (!USER.matcher(user).matches()) {
            throw refused("Leave the password out of the URL: it would be kept and shown.");
        }
        String host = host(uri);
        requirePath(uri);
        if (!hosts.contains(host)) {
            throw refused("By ssh, repositories are only fetched from hosts in GIT_HOSTS.");
        }
        String url = "ssh://" + user + "@" + authority(uri, host) + uri.getRawPath();
        return new GitAddress("ssh", url, host, Optional.empty());
    }

    private GitAddress file(URI uri) {
        Path allowed = files.orElseThrow(() -> refused("Files of the server are not fetched; GIT_FILES is not set."));
        try {
            Path root = allowed.toRealPath();
            Path repository = Path.of(uri.getPath()).toRealPath();
            if (uri.getRawAuthority() == null && repository.startsWith(root) && !repository.equals(root)) {
                return new GitAddress("file", repository.toUri().toString(), "", Optional.empty());
            }
        } catch (IOException | InvalidPathException e) {
            // Whether something is there is nobody's business who may not have it.
        }
        throw refused("There is no such repository below the directory that GIT_FILES names.");
    }

    private static String host(URI uri) {
        String host = Optional.ofNullable(uri.getHost()).orElse("").toLowerCase(Locale.ROOT);
        if (host.isEmpty()) {
            throw refused("The URL names no host.");
        }
        return host;
    }

    private static String authority(URI uri, String host) {
        return uri.getPort() == -1 ? host : host + ":" + uri.getPort();
    }

    private static void requirePath(URI uri) {
        String path = uri.getRawPath();
        if (path.length() < 2 || path.startsWith("//") || path.startsWith("/-")) {
            throw refused("The URL names no repository.");
        }
    }

    private InetAddress address(String host) {
        try {
            InetAddress[] all = resolver.addresses(host);
            if (all.length > 0 && Arrays.stream(all).allMatch(PublicAddress::isPublic)) {
                return all[0];
            }
        } catch (UnknownHostException e) {
            // A name that nobody knows and one that is only known inside are told alike.
        }
        throw refused("This host is not in the public internet; an operator can allow it with GIT_HOSTS.");
    }

    private static KeptWorkspaceException refused(String why) {
        return new KeptWorkspaceException(Kind.REFUSED, why);
    }
}
