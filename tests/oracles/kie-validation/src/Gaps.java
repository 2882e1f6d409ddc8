// Asks kie-dmn-validation for the gaps of the tables of the models named as arguments. One line for each table:
// file, a tab, then its gaps, each a list of edges "LOW_KIND low high HIGH_KIND" parted by "|", gaps parted by tabs.
import java.io.FileReader;
import java.io.Reader;
import java.util.Collection;
import java.util.List;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.validation.DMNValidator;
import org.kie.dmn.validation.DMNValidatorFactory;
import org.kie.dmn.validation.dtanalysis.DMNDTAnalysisMessage;
import org.kie.dmn.validation.dtanalysis.model.Bound;
import org.kie.dmn.validation.dtanalysis.model.DTAnalysis;
import org.kie.dmn.validation.dtanalysis.model.Hyperrectangle;
import org.kie.dmn.validation.dtanalysis.model.Interval;

public class Gaps {
  static String written(Bound<?> bound) {
    return bound.getBoundaryType() + " " + bound.getValue();
  }

  public static void main(String[] files) throws Exception {
    DMNValidator validator = DMNValidatorFactory.newValidator();
    for (String file : files) {
      try (Reader reader = new FileReader(file)) {
        List<DMNMessage> messages = validator.validate(reader, DMNValidator.Validation.ANALYZE_DECISION_TABLE);
        java.util.Set<DTAnalysis> seen = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        StringBuilder line = new StringBuilder(file);
        for (DMNMessage message : messages) {
          if (!(message instanceof DMNDTAnalysisMessage)) {
            continue;
          }
          DTAnalysis analysis = ((DMNDTAnalysisMessage) message).getAnalysis();
          if (!seen.add(analysis)) {
            continue;
          }
          if (analysis.isError()) {
            line.append("\terror");
          }
          Collection<Hyperrectangle> gaps = analysis.getGaps();
          for (Hyperrectangle gap : gaps) {
            line.append('\t');
            String bar = "";
            for (Interval edge : gap.getEdges()) {
              line.append(bar).append(written(edge.getLowerBound())).append(' ').append(written(edge.getUpperBound()));
              bar = "|";
            }
          }
        }
        System.out.println(line);
      }
    }
  }
}
