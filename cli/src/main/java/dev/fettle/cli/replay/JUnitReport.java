package dev.fettle.cli.replay;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// The report that build servers read (<https://github.com/testmoapp/junitxml>).
final class JUnitReport {
    private JUnitReport() {}

    /// What became of a case.
    ///
    /// @param failure why it failed; empty if it passed
    record Verdict(String name, Duration time, Optional<String> failure) {}

    static void write(Path file, List<Verdict> verdicts) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "fettle test-prompts");
            xml.writeAttribute("tests", Integer.toString(verdicts.size()));
            xml.writeAttribute(
                    "failures",
                    Long.toString(verdicts.stream()
                            .filter(each -> each.failure().isPresent())
                            .count()));
            for (Verdict verdict : verdicts) {
                xml.writeStartElement("testcase");
                xml.writeAttribute("classname", "prompts");
                xml.writeAttribute("name", legal(verdict.name()));
                xml.writeAttribute(
                        "time",
                        String.format(Locale.ROOT, "%.3f", verdict.time().toMillis() / 1000.0));
                if (verdict.failure().isPresent()) {
                    xml.writeStartElement("failure");
                    xml.writeAttribute("message", legal(verdict.failure().get()));
                    xml.writeEndElement();
                }
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /// Without characters that XML 1.0 does not have.
    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}
