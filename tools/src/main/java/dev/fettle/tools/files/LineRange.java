package dev.fettle.tools.files;

import dev.fettle.core.tool.ToolException;

/// Which lines of a file are wanted.
///
/// @param first from 1
/// @param count at least 1
record LineRange(int first, int count) {
    static LineRange of(int offset, int limit) {
        if (offset < 1) {
            throw new ToolException("`offset` is %d, but lines count from 1.".formatted(offset));
        }
        if (limit < 1) {
            throw new ToolException("`limit` is %d; ask for at least one line.".formatted(limit));
        }
        return new LineRange(offset, limit);
    }
}
