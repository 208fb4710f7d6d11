package dev.fettle.store.run;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Settings as a JSON object of strings.
final class SettingsJson {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<HashMap<String, String>> TYPE = new TypeReference<>() {};

    private SettingsJson() {}

    static String write(Map<String, String> settings) {
        return JSON.writeValueAsString(settings);
    }

    static Map<String, String> read(String json) {
        return JSON.readValue(json, TYPE);
    }
}
