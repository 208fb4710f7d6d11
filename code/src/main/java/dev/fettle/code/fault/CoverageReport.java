package dev.fettle.code.fault;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what tools say was run: JaCoCo's XML, the JSON of coverage.py, LCOV (c8, Jest, Vitest, Node) and Go's
/// profiles.
///
/// @param byTest what each test ran, where the tool tells them apart; all of it under the empty name where not
public record CoverageReport(Map<String, Coverage> byTest) {
    private static final Pattern GO_BLOCK = Pattern.compile(
            "^(?<file>\\S+\\.go):(?<first>\\d{1,9})\\.\\d+,(?<last>\\d{1,9})\\.\\d+ \\d+ (?<count>\\d+)$");

    public CoverageReport {
        byTest = Map.copyOf(byTest);
    }

    /// Empty if the text is none of these. Of one that is cut off, what is there counts.
    public static Optional<CoverageReport> read(String content) {
        String text = content.strip();
        if (text.startsWith("<") && text.contains("<report")) {
            return whole(jacoco(text));
        }
        if (text.startsWith("{") && text.contains("\"files\"")) {
            return python(text);
        }
        if (text.startsWith("mode: ")) {
            return whole(go(text));
        }
        return text.startsWith("TN:") || text.startsWith("SF:") ? whole(lcov(text)) : Optional.empty();
    }

    private static Optional<CoverageReport> whole(Coverage coverage) {
        return coverage.isEmpty() ? Optional.empty() : Optional.of(new CoverageReport(Map.of("", coverage)));
    }

    /// The document type that JaCoCo names is not looked at.
    private static Coverage jacoco(String text) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        Coverage coverage = new Coverage();
        String directory = "";
        String file = "";
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (reader.getLocalName()) {
                    case "package" -> directory = attribute(reader, "name");
                    case "sourcefile" ->
                        file = (directory.isEmpty() ? "" : directory + "/") + attribute(reader, "name");
                    case "line" -> {
                        if (number(attribute(reader, "ci")) > 0) {
                            coverage.add(file, number(attribute(reader, "nr")));
                        }
                    }
                    default -> {
                        // Counters and classes say the same in sum.
                    }
                }
            }
        } catch (XMLStreamException e) {
            // Cut off: what came before it counts.
            return coverage;
        }
        return coverage;
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static Optional<CoverageReport> python(String text) {
        try {
            Map<String, Coverage> byTest = new HashMap<>();
            for (Map.Entry<String, JsonNode> file :
                    JsonMapper.shared().readTree(text).path("files").properties()) {
                JsonNode contexts = file.getValue().path("contexts");
                contexts.properties()
                        .forEach(line -> line.getValue()
                                .forEach(test -> byTest.computeIfAbsent(test.asString(""), _ -> new Coverage())
                                        .add(file.getKey(), number(line.getKey()))));
                if (contexts.isEmpty()) {
                    file.getValue()
                            .path("executed_lines")
                            .forEach(line -> byTest.computeIfAbsent("", _ -> new Coverage())
                                    .add(file.getKey(), line.asInt(0)));
                }
            }
            return byTest.isEmpty() ? Optional.empty() : Optional.of(new CoverageReport(byTest));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Coverage lcov(String text) {
        Coverage coverage = new Coverage();
        String file = "";
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.startsWith("SF:")) {
                file = line.substring(3);
            } else if (line.startsWith("DA:")) {
                String[] parts = line.substring(3).split(",", 3);
                if (parts.length > 1 && number(parts[1]) > 0) {
                    coverage.add(file, number(parts[0]));
                }
            }
        }
        return coverage;
    }

    private static Coverage go(String text) {
        Coverage coverage = new Coverage();
        text.lines().forEach(line -> {
            Matcher block = GO_BLOCK.matcher(line);
            if (block.matches() && !block.group("count").equals("0")) {
                coverage.add(block.group("file"), number(block.group("first")), number(block.group("last")));
            }
        });
        return coverage;
    }
}
