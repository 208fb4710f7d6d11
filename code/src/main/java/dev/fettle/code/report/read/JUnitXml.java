package dev.fettle.code.report.read;

import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.TestName;
import dev.fettle.code.report.TestReport;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What Surefire, Gradle, pytest, PHPUnit, CTest and many more write, each a little differently
/// (<https://github.com/testmoapp/junitxml>). Nothing outside the document is ever looked at: one with a document type
/// is not read.
final class JUnitXml implements OutputReader.Format {
    private static final int MOST_TEXT = 64 * 1024;

    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }

    @Override
    public Optional<TestReport> read(String text) {
        if (!text.stripLeading().startsWith("<") || !text.contains("<testsuite")) {
            return Optional.empty();
        }
        Suites suites = new Suites();
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text.strip()));
            while (reader.hasNext() && suites.accept(reader)) {
                // Everything is in the call.
            }
        } catch (XMLStreamException e) {
            // Cut off or malformed: what came before it counts.
            return Optional.of(suites.report());
        }
        return suites.isRefused ? Optional.empty() : Optional.of(suites.report());
    }

    private static final class Suites {
        private final List<FailedTest> failures = new ArrayList<>();
        private final List<TestName> passes = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private TestName test = new TestName("", "");
        private Optional<String> trouble = Optional.empty();
        private String message = "";
        private int failed;
        private int errored;
        private int skipped;
        private Duration duration = Duration.ZERO;
        private boolean isRefused;

        /// Whether to go on.
        boolean accept(XMLStreamReader reader) throws XMLStreamException {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> isRefused = true;
                case XMLStreamConstants.START_ELEMENT -> start(reader);
                case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> add(reader.getText());
                default -> {
                    // Comments and the like say nothing of tests.
                }
            }
            return !isRefused;
        }

        private void start(XMLStreamReader reader) {
            switch (reader.getLocalName()) {
                case "testcase" -> {
                    test = new TestName(suite(reader), attribute(reader, "name"));
                    duration = duration.plus(Hit.seconds(attribute(reader, "time")));
                    trouble = Optional.empty();
                    text.setLength(0);
                }
                case "failure", "error", "skipped" -> {
                    // Surefire puts failed attempts before a final one; the first is the one that counts.
                    if (trouble.isEmpty()) {
                        trouble = Optional.of(reader.getLocalName());
                        message = message(reader);
                        text.setLength(0);
                    }
                }
                case "system-out", "system-err" -> text.append('\n');
                default -> {
                    // Properties and suites: their counts are those of their tests.
                }
            }
        }

        /// What breaks a test seldom says what it is: `/ by zero`.
        private static String message(XMLStreamReader reader) {
            String type = attribute(reader, "type");
            String said = attribute(reader, "message");
            boolean saysIt = type.isEmpty() || said.isEmpty() || said.contains(type);
            return reader.getLocalName().equals("error") && !saysIt ? type + ": " + said : said;
        }

        private static String suite(XMLStreamReader reader) {
            String name = attribute(reader, "classname");
            return name.isEmpty() ? attribute(reader, "class") : name;
        }

        private static String attribute(XMLStreamReader reader, String name) {
            String value = reader.getAttributeValue(null, name);
            return value == null ? "" : value;
        }

        private void add(String piece) {
            if (trouble.isPresent() && text.length() < MOST_TEXT) {
                text.append(piece);
            }
        }

        private void end(String element) {
            if (!element.equals("testcase")) {
                return;
            }
            switch (trouble.orElse("")) {
                case "" -> passes.add(test);
                case "skipped" -> skipped++;
                case "error" -> {
                    errored++;
                    fail(true);
                }
                default -> {
                    failed++;
                    fail(false);
                }
            }
            trouble = Optional.empty();
        }

        private void fail(boolean isError) {
            failures.add(Failures.of(test, isError, message, Lines.of(text.toString())));
        }

        TestReport report() {
            return new TestReport(passes.size(), failed, errored, skipped, duration, failures, passes);
        }
    }
}
