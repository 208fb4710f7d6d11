package dev.fettle.code.report.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.code.report.Diagnostic;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    private static String found(String file) {
        return Outputs.printed(file).diagnostics().stream()
                .map(Diagnostic::toString)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void compilers() {
        assertEquals("/home/ann/mvn/src/main/java/shop/Cart.java:7:24: error: ';' expected", found("maven-broken.txt"));
        assertEquals("""
                c/cart.c:2:44: error: expected ‘;’ before ‘}’ token
                c/cart.c:2:24: warning: unused variable ‘unused’ [-Wunused-variable]
                c/cart.c:3:25: warning: implicit declaration of function ‘totl’; did you mean ‘total’? [-Wimplicit-function-declaration]""", found("gcc.txt"));
        assertEquals("src/lib.rs:3:5: error: mismatched types [E0308]", found("rustc.txt"));
        assertEquals("/home/ann/py/bad.py:1: error: invalid syntax [SyntaxError]", found("python-syntax.txt"));
    }

    @Test
    void lintersAndOtherCompilers() {
        assertEquals("""
                src/cart.ts:3:7: error: Type 'string' is not assignable to type 'number'. [TS2322]
                src/till.ts:9:3: error: Cannot find name 'totl'. [TS2304]
                src/cart.py:4: error: Incompatible return value type (got "str", expected "int") [return-value]
                src/cart.py:7:1: error: `os` imported but unused [F401]
                ./cart.go:5:2: error: "os" imported and not used
                ./cart.go:9:14: error: fmt.Printf format %d has arg x of wrong type string
                src/main/java/shop/Cart.java:8: warning: stop() in Thread has been deprecated [deprecation]
                src/Cart.cs:12:5: error: ; expected [CS1002]
                /home/ann/shop/src/Cart.kt:3:9: error: Unresolved reference: totl
                lib/cart.rb:3: error: syntax error, unexpected end-of-input
                src/Cart.php:9: error: syntax error, unexpected token "}" [Parse]
                src/late.py:3:1: error: Module level import not at top of file [E402]
                /home/ann/shop/src/cart.js:3:7: error: 'unused' is assigned a value but never used [no-unused-vars]
                /home/ann/shop/src/cart.js:12:10: warning: Unexpected console statement [no-console]""", found("linters.txt"));
    }

    @Test
    void whatProgramsPrintIsNoDiagnostic() {
        assertEquals("", found("jest.txt"));
        assertEquals("", found("go.txt"));
        assertEquals("", found("pytest.txt"));
        assertEquals("", found("traces.log"));
    }
}
