// Holds a questionnaire against the types of events, the grid, the parameters and the freins of its pack.
#include "spie/parcours/trame.hpp"

#include "insertion/dossier/chemin.hpp"
#include "insertion/text_of.hpp"
#include "spie/dossier/faits.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <set>

namespace spie::parcours {

namespace {

using feel::Kind;

class Examen {
public:
  explicit Examen(const Pack &pack) : pack_(pack) {}

  std::vector<Diagnostic> run() {
    Trame trame;
    try {
      trame = read_trame(pack_);
    } catch (const Error &refused) {
      return refused.diagnostics();
    }
    freins();
    grid_members();
    std::size_t r = 0;
    for (const Rubrique &rubric : trame.rubriques) {
      std::size_t q = 0;
      for (const Question &question : rubric.questions) {
        where_ = "donnees/trame.json#/rubriques/" + std::to_string(r) + "/questions/" + std::to_string(q++);
        check(trame, question);
      }
      ++r;
    }
    for (const std::string &left : members_)
      add("the grid reads an answer that no question of the questionnaire asks: '" + left + "'",
          "donnees/trame.json#/rubriques");
    crosswalk();
    return std::move(findings_);
  }

private:
  void add(std::string message, std::string where, Level level = Level::error, Code code = Code::pack_json) {
    findings_.push_back({code, level, std::move(message), std::move(where), {}});
  }

  static const feel::List &list_of(const feel::Value *document, std::string_view key) {
    static const feel::List none;
    const feel::Value *found =
        document != nullptr && document->is(Kind::context) ? document->context().find(key) : nullptr;
    return found != nullptr && found->is(Kind::list) ? found->list() : none;
  }
  void freins() {
    for (const feel::Value &one : list_of(pack_.data("classes_freins"), "valeurs"))
      freins_.insert(text_of(one, "code"));
  }
  void grid_members() {
    const std::string grid = pack_.role("grille");
    if (grid.empty())
      return add("no decision plays the role 'grille'", "pack.json#/roles", Level::error, Code::pack_role);
    constexpr std::string_view start = "reponses.";
    for (const dmn::FactInfo &fact : pack_.facts(grid))
      if (fact.path.starts_with(start))
        members_.insert(fact.path.substr(start.size(), fact.path.find('[') - start.size()));
  }

  void check(const Trame &trame, const Question &question) {
    if (question.grille && members_.erase(question.id) == 0)
      add("the grid has no answer '" + question.id + "'", where_ + "/id");
    const PackParameter *delay = pack_.find_parameter(question.fraicheur);
    if (delay == nullptr || delay->type != "years and months duration")
      add("'" + question.fraicheur + "' is no parameter of so many months", where_ + "/fraicheur");
    if (!question.frein.empty() && !freins_.contains(question.frein))
      add("'" + question.frein + "' is no frein of classes_freins", where_ + "/frein");
    for (std::size_t i = 0; i < question.sert.size(); ++i) {
      const std::string decision = question.sert[i].substr(0, question.sert[i].find('.'));
      if (pack_.model().find_decision(decision) == nullptr)
        add("there is no decision '" + decision + "'", where_ + "/sert/" + std::to_string(i));
    }
    if (question.sert.empty() && question.documents.empty())
      add("the question serves no decision and no document", where_, Level::warning, Code::pack_unused);
    if (!question.si.empty()) {
      const Question *condition = trame.find(question.si);
      if (condition == nullptr)
        add("there is no question '" + question.si + "'", where_ + "/si/question");
      else
        for (const std::string &code : question.si_vaut)
          if (!answers(*condition, code))
            add("'" + code + "' is no answer to '" + question.si + "'", where_ + "/si/vaut");
    }
    for (std::size_t i = 0; i < question.sources.size(); ++i)
      source(question, question.sources[i], where_ + "/repondue_par/" + std::to_string(i));
  }

  static bool answers(const Question &question, const std::string &code) {
    if (question.genre == GenreQuestion::texte || code == "non_aborde")
      return true;
    if (question.genre == GenreQuestion::oui_non)
      return code == "oui" || code == "non";
    return std::any_of(question.valeurs.begin(), question.valeurs.end(),
                       [&](const auto &one) { return one.first == code; });
  }

  void source(const Question &question, const FaitQuiRepond &fact, const std::string &where) {
    const auto path = dossier::Chemin::parse(fact.chemin);
    if (!path || path->champ.empty() || dossier::find_champ(*path->type, path->champ) == nullptr)
      return add("'" + fact.chemin + "' is no path of a dossier, down to a field", where + "/fait");
    for (const auto &[code, answer] : fact.codes)
      if (!answers(question, answer))
        add("'" + answer + "' is no answer to '" + question.id + "'", where + "/codes/" + code);
    if (!fact.autrement.empty() && !answers(question, fact.autrement))
      add("'" + fact.autrement + "' is no answer to '" + question.id + "'", where + "/autrement");
  }

  void crosswalk() {
    const auto &lists = list_of(pack_.data("correspondances"), "listes");
    for (std::size_t l = 0; l < lists.size(); ++l) {
      const auto &rows = list_of(&lists[l], "valeurs");
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (const std::string frein = text_of(rows[i], "frein"); !frein.empty() && !freins_.contains(frein))
          add("'" + frein + "' is no frein of classes_freins",
              "donnees/correspondances.json#/listes/" + std::to_string(l) + "/valeurs/" + std::to_string(i) + "/frein");
    }
  }

  const Pack &pack_;
  std::set<std::string, std::less<>> freins_, members_;
  std::string where_;
  std::vector<Diagnostic> findings_;
};

} // namespace

std::vector<Diagnostic> verifier_trame(const Pack &pack) {
  return pack.data("trame") == nullptr ? std::vector<Diagnostic>() : Examen(pack).run();
}

std::vector<Diagnostic> verifier_pack(const Pack &pack) {
  std::vector<Diagnostic> findings = dossier::verifier_pack(pack);
  const auto more = verifier_trame(pack);
  findings.insert(findings.end(), more.begin(), more.end());
  std::ranges::stable_sort(findings, {}, &Diagnostic::level);
  return findings;
}

} // namespace spie::parcours
