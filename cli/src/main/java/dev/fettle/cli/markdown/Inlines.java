package dev.fettle.cli.markdown;

import dev.fettle.cli.text.Look;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// What stands in a line: emphasis, code, links. The library finds them, here they get their looks.
///
/// A line end in a paragraph is kept. CommonMark leaves that to whoever renders (6.8), and models do not wrap what they
/// write: what is on a line of its own is meant to be there.
record Inlines(Style style) {
    /// Blocks are ours, so that the library sees paragraphs alone.
    private static final Parser PARSER = Parser.builder()
            .enabledBlockTypes(Set.of())
            .extensions(List.of(StrikethroughExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    static Node parse(String text) {
        return PARSER.parse(text);
    }

    void flow(String text, Look look, TextFlow flow) {
        for (Node block = parse(text).getFirstChild(); block != null; block = block.getNext()) {
            if (block instanceof LinkReferenceDefinition definition) {
                flow.add(Run.plain(
                        Printable.of("[%s]: %s".formatted(definition.getLabel(), definition.getDestination()))));
                flow.newLine();
            } else {
                children(block, look, "", flow);
            }
        }
    }

    void children(Node parent, Look look, String link, TextFlow flow) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            flow(node, look, link, flow);
        }
    }

    void flow(Node node, Look look, String link, TextFlow flow) {
        switch (node) {
            case Text text -> add(text.getLiteral(), look, link, flow);
            case Code code when style.isOn() -> add(code.getLiteral(), look.and(Look.CYAN), link, flow);
            case Code code -> add("`" + code.getLiteral() + "`", look, link, flow);
            case Emphasis _ -> children(node, look.and(Look.ITALIC), link, flow);
            case StrongEmphasis _ -> children(node, look.and(Look.BOLD), link, flow);
            case Strikethrough _ -> children(node, look.and(Look.STRUCK), link, flow);
            case Link target -> reference(node, target.getDestination(), look, flow);
            case Image image -> {
                add("image: ", look.and(Look.DIM), "", flow);
                reference(node, image.getDestination(), look, flow);
            }
            case HtmlInline html when html.getLiteral().toLowerCase(Locale.ROOT).startsWith("<br") -> flow.newLine();
            case HtmlInline html -> add(html.getLiteral(), look, link, flow);
            case SoftLineBreak _, HardLineBreak _ -> flow.newLine();
            default -> children(node, look, link, flow);
        }
    }

    private void reference(Node node, String destination, Look look, TextFlow flow) {
        String address = Printable.of(destination).replaceAll("\\s", "");
        String shown = node.getFirstChild() instanceof Text text && text.getNext() == null ? text.getLiteral() : "";
        boolean isNamed = !shown.equals(address) && !("mailto:" + shown).equals(address);
        boolean isBehind = style.hasLinks() && address.contains(":");
        children(node, look.and(Look.UNDERLINED), isBehind ? address : "", flow);
        if (isNamed && !isBehind && !address.isEmpty()) {
            add(" (" + address + ")", look.and(Look.DIM), "", flow);
        }
    }

    /// Entities stand for any character, so that control characters are only known after they are read.
    private static void add(String text, Look look, String link, TextFlow flow) {
        flow.add(new Run(Printable.of(text), look, link));
    }
}
