package findingaid.test;

import java.io.IOException;
import java.io.StringReader;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.CustomAnalyzer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.tartarus.snowball.ext.EnglishStemmer;

/** What the slim test server lacks of a full distribution's analysis-common, over the same Lucene classes. */
public final class TestAnalysisPlugin extends Plugin implements AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "asciifolding", (index, env, name, settings) -> filter(name, in -> new ASCIIFoldingFilter(in)),
            "length", AnalysisPlugin.requiresAnalysisSettings((index, env, name, settings) -> filter(
                name, in -> new LengthFilter(in, settings.getAsInt("min", 0), settings.getAsInt("max", Integer.MAX_VALUE)))),
            "stemmer", AnalysisPlugin.requiresAnalysisSettings((index, env, name, settings) -> new Stemmer(name, settings)),
            "synonym_graph", AnalysisPlugin.requiresAnalysisSettings((index, env, name, settings) -> new Synonyms(name, settings)));
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of("pattern", AnalysisPlugin.requiresAnalysisSettings((index, env, name, settings) -> {
            Pattern pattern = Pattern.compile(settings.get("pattern"));
            int group = settings.getAsInt("group", -1);
            return TokenizerFactory.newFactory(name, () -> new PatternTokenizer(pattern, group));
        }));
    }

    private static TokenFilterFactory filter(String name, Function<TokenStream, TokenStream> create) {
        return new TokenFilterFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public TokenStream create(TokenStream in) {
                return create.apply(in);
            }
        };
    }

    private static final class Stemmer extends AbstractTokenFilterFactory {
        private final String language;

        Stemmer(String name, Settings settings) {
            super(name, settings);
            language = settings.get("language", settings.get("name", "english"));
        }

        @Override
        public TokenStream create(TokenStream in) {
            return switch (language) {
                case "possessive_english" -> new EnglishPossessiveFilter(in);
                case "light_english" -> new KStemFilter(in);
                case "english" -> new PorterStemFilter(in);
                case "porter2" -> new SnowballFilter(in, new EnglishStemmer());
                default -> throw new IllegalArgumentException("the test plugin knows no stemmer " + language);
            };
        }
    }

    /** Reads its synonyms through the filters before it, as the full distribution does. */
    private static final class Synonyms extends AbstractTokenFilterFactory {
        private final List<String> lines;

        Synonyms(String name, Settings settings) {
            super(name, settings);
            lines = settings.getAsList("synonyms");
        }

        @Override
        public TokenStream create(TokenStream in) {
            throw new IllegalStateException("only its chain-aware form is used");
        }

        @Override
        public TokenFilterFactory getChainAwareTokenFilterFactory(IndexCreationContext context, TokenizerFactory tokenizer,
                List<CharFilterFactory> charFilters, List<TokenFilterFactory> previous, Function<String, TokenFilterFactory> all) {
            SynonymMap map = parse(new CustomAnalyzer(tokenizer, charFilters.toArray(CharFilterFactory[]::new),
                previous.stream().map(TokenFilterFactory::getSynonymFilter).toArray(TokenFilterFactory[]::new)));
            String name = name();
            return new TokenFilterFactory() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public TokenStream create(TokenStream in) {
                    return map.fst == null ? in : new SynonymGraphFilter(in, map, true);
                }
            };
        }

        private SynonymMap parse(Analyzer analyzer) {
            try {
                SolrSynonymParser parser = new SolrSynonymParser(true, true, analyzer);
                parser.parse(new StringReader(String.join("\n", lines)));
                return parser.build();
            } catch (IOException | ParseException error) {
                throw new IllegalArgumentException("synonyms cannot be read", error);
            }
        }
    }
}
