package dev.fettle.code.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Each tool says in its own form which lines were run.
class CoverageReportTest {
    private static final String JACOCO = """
            <?xml version="1.0" encoding="UTF-8"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
            <report name="shop"><package name="shop"><class name="shop/Cart" sourcefilename="Cart.java"/>
            <sourcefile name="Cart.java"><line nr="7" mi="0" ci="2" mb="0" cb="0"/><line nr="8" mi="3" ci="0" mb="0" cb="0"/>
            <counter type="LINE" missed="1" covered="1"/></sourcefile></package></report>
            """;

    /// By test: file, and the lines that were run.
    private static Map<String, String> lines(String report) {
        Map<String, String> lines = new TreeMap<>();
        CoverageReport.read(report)
                .ifPresent(read -> read.byTest()
                        .forEach((test, coverage) -> lines.put(test, new TreeMap<>(coverage.lines()).toString())));
        return lines;
    }

    @Test
    void jacoco() {
        assertEquals(Map.of("", "{shop/Cart.java={7}}"), lines(JACOCO));
        assertEquals(Map.of("", "{shop/Cart.java={7}}"), lines(JACOCO.substring(0, JACOCO.indexOf("<line nr=\"8\""))));
    }

    @Test
    void coveragePyWithAndWithoutContexts() {
        assertEquals(
                Map.of("t.A", "{cart.py={2, 3}}", "t.B", "{cart.py={2}}"),
                lines("{\"files\":{\"cart.py\":{\"contexts\":{\"2\":[\"t.A\",\"t.B\"],\"3\":[\"t.A\"]}}}}"));
        assertEquals(Map.of("", "{cart.py={1, 4}}"), lines("{\"files\":{\"cart.py\":{\"executed_lines\":[1,4]}}}"));
    }

    @Test
    void lcovAndGo() {
        assertEquals(
                Map.of("", "{/home/ann/shop/cart.js={1}, till.js={3}}"),
                lines("TN:\nSF:/home/ann/shop/cart.js\nDA:1,4\nDA:2,0\nDA:x\nend_of_record\nSF:till.js\nDA:3,1\n"));
        assertEquals(
                Map.of("", "{example.com/cart/cart.go={3, 4, 5}}"),
                lines("mode: set\nexample.com/cart/cart.go:3.24,5.2 1 1\nexample.com/cart/cart.go:7.24,9.2 1 0\n"));
    }

    @Test
    void hostileReportsCoverNothing() {
        assertEquals(
                Map.of(), lines("<!DOCTYPE report [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><report>&x;</report>"));
        assertEquals(Map.of(), lines("{\"files\":{\"a\":"));
        assertEquals(Map.of(), lines("mode: set\na.go:1.1,999999999999.2 1 1\n"));
        assertEquals(Optional.empty(), CoverageReport.read("nothing"));
        int most = CoverageReport.read("mode: set\na.go:1.1,999999999.2 1 1\n").orElseThrow().byTest().values().stream()
                .flatMap(coverage -> coverage.lines().values().stream())
                .mapToInt(java.util.BitSet::cardinality)
                .sum();
        assertEquals(200_000, most);
    }

    @Test
    void ochiaiIsOneForWhatOnlyFailingTestsRun() {
        Coverage failing = new Coverage();
        failing.add("cart.py", 2, 4);
        Coverage passing = new Coverage();
        passing.add("cart.py", 2, 3);
        Spectrum spectrum =
                new Spectrum(List.of(new Spectrum.Execution(true, failing), new Spectrum.Execution(false, passing)));
        assertTrue(spectrum.isTelling());
        assertEquals(1, spectrum.tally("cart.py", 4).ochiai());
        assertEquals(1 / Math.sqrt(2), spectrum.tally("cart.py", 3).ochiai(), 1e-9);
        assertEquals(0, spectrum.tally("cart.py", 9).ochiai());
        assertEquals(new Spectrum.Tally(1, 1, 1, 1), spectrum.tally("cart.py", 2));
    }
}
