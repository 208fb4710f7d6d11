package dev.fettle.code.runner.js;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A project's `package.json`, and the package manager whose lock file lies beside it.
record PackageFile(ProjectFiles files, JsonNode content) {
    /// What `npm init` writes where there are no tests.
    private static final String NO_TEST = "no test specified";

    static PackageFile of(ProjectFiles files) {
        try {
            return new PackageFile(files, JsonMapper.shared().readTree(files.text("package.json")));
        } catch (JacksonException e) {
            return new PackageFile(files, JsonMapper.shared().createObjectNode());
        }
    }

    boolean dependsOn(String name) {
        return content.path("devDependencies").has(name)
                || content.path("dependencies").has(name);
    }

    /// What `npm test` runs; empty if nothing.
    String test() {
        String script = content.path("scripts").path("test").asString("");
        return script.contains(NO_TEST) ? "" : script;
    }

    /// The last command of the script, which takes the arguments that are appended.
    private String lastCommand() {
        String script = test();
        return script.substring(script.lastIndexOf("&&") + 1).strip();
    }

    /// Whether its script, or else its dependencies, say that it uses this tool.
    boolean uses(String tool) {
        return test().isEmpty() ? dependsOn(tool) : test().matches("(?s)(?:.*[\\s;&/])?" + tool + "\\b.*");
    }

    /// Runs a tool with the arguments that the project gives it, and more.
    String running(String tool, String arguments) {
        boolean takesMore = lastCommand().contains(tool) && !lastCommand().contains("|");
        String manager = manager();
        if (takesMore) {
            return manager + (manager.equals("npm") && !arguments.isEmpty() ? " test --" : " test") + arguments;
        }
        return switch (manager) {
            case "pnpm" -> "pnpm exec " + tool + arguments;
            case "yarn" -> "yarn " + tool + arguments;
            default -> "npx --no-install " + tool + arguments;
        };
    }

    String manager() {
        return files.has("pnpm-lock.yaml") ? "pnpm" : files.has("yarn.lock") ? "yarn" : "npm";
    }

    /// A regular expression that fits exactly this name, as one word.
    static String exactly(String name) {
        return word(name.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0") + "$");
    }
}
