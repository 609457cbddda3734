import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds PDF files against PDF/UA-1: per file a line with the number of checks, then a line per broken rule. */
public class Validate {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour flavour = PDFAFlavour.fromString("ua1");
    for (String file : files) {
      try (InputStream stream = new FileInputStream(file);
          PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour)) {
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
        ValidationResult result = validator.validate(parser);
        System.out.println("FILE\t" + file + "\t" + result.getTotalAssertions());
        for (Map.Entry<String, String> fault : faults(result).entrySet()) {
          System.out.println("FAULT\t" + fault.getKey() + " " + fault.getValue());
        }
      }
    }
  }

  private static Map<String, String> faults(ValidationResult result) {
    Map<String, String> found = new TreeMap<>();
    for (TestAssertion one : result.getTestAssertions()) {
      if (one.getStatus() != TestAssertion.Status.PASSED) {
        String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
        String where = one.getMessage() + " @ " + one.getLocation().getContext();
        found.putIfAbsent(rule, where.replaceAll("\\s+", " "));
      }
    }
    return found;
  }
}
