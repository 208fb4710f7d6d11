package dev.fettle.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ShellWordTest {
    @Test
    void onlyWhatAShellWouldReadOtherwiseIsQuoted() {
        assertEquals("/home/ada/a-b_1.txt", ShellWord.quoted("/home/ada/a-b_1.txt"));
        assertEquals("'my project'", ShellWord.quoted("my project"));
        assertEquals("'a'\\''; rm -rf x'", ShellWord.quoted("a'; rm -rf x"));
        assertEquals("'~'", ShellWord.quoted("~"));
        assertEquals("''", ShellWord.quoted(""));
    }
}
