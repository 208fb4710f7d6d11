package dev.fettle.testkit.project;

/// Projects of Maven's whose plugins are those of this build, so that they are at hand without a network.
public final class Poms {
    /// One that is tested by JUnit.
    public static final String JUNIT = pom("");

    /// The same, where JaCoCo can tell what each test runs.
    public static final String JUNIT_AND_JACOCO = pom("""
                  <plugin>
                    <groupId>org.jacoco</groupId>
                    <artifactId>jacoco-maven-plugin</artifactId>
                    <version>0.8.15</version>
                  </plugin>
            """);

    private Poms() {}

    private static String pom(String plugin) {
        return """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>shop</groupId>
              <artifactId>shop</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>org.junit.jupiter</groupId>
                  <artifactId>junit-jupiter</artifactId>
                  <version>6.1.3</version>
                  <scope>test</scope>
                </dependency>
              </dependencies>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>maven-resources-plugin</artifactId>
                    <version>3.5.0</version>
                  </plugin>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <version>3.16.0</version>
                  </plugin>
                  <plugin>
                    <artifactId>maven-surefire-plugin</artifactId>
                    <version>3.6.1</version>
                  </plugin>
            %s    </plugins>
              </build>
            </project>
            """.formatted(plugin);
    }
}
