package dev.fettle.core.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// What a text means to a model: a direction in a space of that model's own. Texts about the same point the same way.
public final class Meaning {
    private final float[] coordinates;

    private Meaning(float[] coordinates) {
        this.coordinates = coordinates;
    }

    /// The direction of a vector of any length.
    ///
    /// @throws IllegalArgumentException if it has none: no coordinates, only zeros, or one that is no number
    public static Meaning of(float[] vector) {
        double squares = 0;
        for (float each : vector) {
            squares += (double) each * each;
        }
        if (!(squares > 0) || Double.isInfinite(squares)) {
            throw new IllegalArgumentException("A vector of %d coordinates points nowhere".formatted(vector.length));
        }
        float[] scaled = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            scaled[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return new Meaning(scaled);
    }

    /// What [#bytes] gave.
    ///
    /// @throws IllegalArgumentException if it was something else
    public static Meaning ofBytes(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return of(vector);
    }

    /// To be kept: little-endian floats.
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(coordinates.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(coordinates);
        return bytes.array();
    }

    /// The cosine of the angle between the two: 1 for the same direction. 0 if they are of different spaces.
    public double likeness(Meaning other) {
        if (coordinates.length != other.coordinates.length) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < coordinates.length; i++) {
            sum += (double) coordinates[i] * other.coordinates[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Meaning meaning && Arrays.equals(coordinates, meaning.coordinates);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coordinates);
    }

    @Override
    public String toString() {
        return "Meaning[%d coordinates]".formatted(coordinates.length);
    }
}
