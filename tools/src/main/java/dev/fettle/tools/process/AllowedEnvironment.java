package dev.fettle.tools.process;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which variables commands may see.
final class AllowedEnvironment {
    private static final Set<String> NAMES = words("""
            PATH HOME LANG LANGUAGE TZ TMPDIR USER LOGNAME SHELL XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME
            JAVA_HOME JAVA_OPTS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS SDKMAN_DIR KOTLIN_HOME
            MAVEN_HOME MAVEN_OPTS MAVEN_ARGS MAVEN_CONFIG M2 M2_HOME M2_REPO
            GRADLE_HOME GRADLE_USER_HOME GRADLE_OPTS ANT_HOME ANT_OPTS SBT_OPTS
            GOPATH GOROOT GOCACHE GOFLAGS GOMODCACHE GOPROXY GOTOOLCHAIN
            CARGO_HOME RUSTUP_HOME RUSTUP_TOOLCHAIN RUSTFLAGS
            NVM_DIR NODE_PATH NODE_OPTIONS NODE_EXTRA_CA_CERTS PNPM_HOME COREPACK_HOME
            VIRTUAL_ENV PYENV_ROOT PYTHONPATH CONDA_PREFIX PIP_INDEX_URL PIP_CERT
            RBENV_ROOT GEM_HOME GEM_PATH DOTNET_ROOT ANDROID_HOME ANDROID_SDK_ROOT
            CC CXX CFLAGS CXXFLAGS LDFLAGS MAKEFLAGS PKG_CONFIG_PATH LD_LIBRARY_PATH
            SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE REQUESTS_CA_BUNDLE GIT_SSL_CAINFO
            http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY
            """);

    private static final Map<String, String> ALWAYS = Map.of(
            "TERM", "dumb",
            "CI", "1",
            "GIT_TERMINAL_PROMPT", "0",
            "PAGER", "cat",
            "GIT_PAGER", "cat");

    /// A word for a secret anywhere, or a password in an address.
    private static final Pattern SECRET = Pattern.compile(
            "(?i)passw|passphrase|secret|token|credential|api.?key|private.?key|://[^/@\\s]*:[^/@\\s]*@");

    private AllowedEnvironment() {}

    private static Set<String> words(String text) {
        return Pattern.compile("\\s+").splitAsStream(text.strip()).collect(Collectors.toUnmodifiableSet());
    }

    static Map<String, String> of(Map<String, String> full) {
        Map<String, String> allowed = new TreeMap<>();
        full.forEach((name, value) -> {
            if (isAllowed(name)
                    && !SECRET.matcher(name).find()
                    && (!isSetting(name) || !SECRET.matcher(value).find())) {
                allowed.put(name, value);
            }
        });
        if (!allowed.containsKey("LANG") && !allowed.containsKey("LC_ALL")) {
            allowed.put("LANG", "C.UTF-8");
        }
        allowed.putAll(ALWAYS);
        return Map.copyOf(allowed);
    }

    private static boolean isAllowed(String name) {
        return NAMES.contains(name) || name.matches("LC_[A-Z]+");
    }

    /// Paths may well contain such a word (`/home/token/bin`) and commands need them; options must not.
    private static boolean isSetting(String name) {
        return name.contains("OPT")
                || name.contains("FLAGS")
                || name.contains("ARGS")
                || name.contains("CONFIG")
                || name.toUpperCase(Locale.ROOT).endsWith("PROXY")
                || name.endsWith("URL");
    }
}
