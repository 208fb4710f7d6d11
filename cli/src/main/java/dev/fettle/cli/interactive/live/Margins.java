package dev.fettle.cli.interactive.live;

import java.util.List;

/// What is shown around the line being typed. Asked on each repaint, by whatever thread, while nobody else can
/// print: what is asked may not wait for somebody who wants to.
public interface Margins {
    /// Lines above it; what is too long is cut.
    List<String> above(int width);

    /// What it begins with.
    String mark();

    /// The line below it.
    String below(int width);

    /// Whether time alone makes them look different.
    boolean isMoving();
}
