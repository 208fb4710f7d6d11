package dev.fettle.code.shell;

import dev.fettle.core.permission.command.CommandParser;
import dev.fettle.core.permission.command.Script;
import dev.fettle.core.permission.command.Script.Form;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;
import org.treesitter.TreeSitterBash;

/// Reads scripts with tree-sitter's grammar of bash. The native library is loaded with the first script.
public final class BashGrammar implements CommandParser {
    private static final Logger LOG = LoggerFactory.getLogger(BashGrammar.class);

    /// Linux takes no longer argument than 128 KiB, so no longer script can run.
    private static final int LONGEST = 128 * 1024;

    /// Loaded once. Where there is no library for a machine, nothing is readable there, and rules ask.
    private static final class Bash {
        static final TSLanguage LANGUAGE = new TreeSitterBash();

        private Bash() {}
    }

    @Override
    public Script parse(String text) {
        if (text.length() > LONGEST) {
            return Script.UNREADABLE;
        }
        try (TSParser parser = new TSParser()) {
            parser.setLanguage(Bash.LANGUAGE);
            try (TSTree tree = parser.parseString(null, shadow(text))) {
                TSNode root = tree.getRootNode();
                return script(Syntax.copy(text, root, 0), root.hasError());
            }
        } catch (LinkageError | RuntimeException e) {
            LOG.warn("Commands cannot be parsed here, so rules about them ask: {}", e.toString());
            return Script.UNREADABLE;
        }
    }

    /// The same script in ASCII, each other character replaced by a letter, so that places in the tree are
    /// places in the text. To bash all of these are parts of words, too.
    private static String shadow(String text) {
        StringBuilder shadow = new StringBuilder(text);
        for (int i = 0; i < shadow.length(); i++) {
            char c = shadow.charAt(i);
            if (c > '~' || (c < ' ' && c != '\n' && c != '\t')) {
                shadow.setCharAt(i, '_');
            }
        }
        return shadow.toString();
    }

    private static Script script(Syntax root, boolean hasError) {
        ScriptWalk walk = new ScriptWalk();
        walk.statement(root, false);
        boolean isWhole = !hasError && root.depth() <= Syntax.DEEPEST;
        return new Script(
                isWhole ? Literal.isLiteral(root) ? Form.LITERAL : Form.DYNAMIC : Form.UNREADABLE,
                walk.pipelines,
                walk.functions,
                walk.written);
    }
}
