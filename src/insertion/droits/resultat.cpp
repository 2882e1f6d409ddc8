// What a pack decided from facts of a dossier, under the dossier's mask. A table says by its cells, and a value by what
// it is, what the facts were: both go with the facts that they stand on.
#include "insertion/droits/masque.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace spie::droits {

namespace {

// "freins" stands for "freins[].code" and for "freins[2].code" too.
bool under(std::string_view path, std::string_view root) {
  return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '.' || path[root.size()] == '[');
}

class Effaceur {
public:
  Effaceur(const Masque &mask, const Droits &rights, const std::vector<Origine> &origins,
           const std::vector<dmn::FactInfo> &facts)
      : mask_(mask), rights_(rights), origins_(origins) {
    for (const dmn::FactInfo &fact : facts)
      roots_.insert(fact.path.substr(0, fact.path.find_first_of(".[")));
  }

  void run(PackResult &result, std::vector<Retenue> &held) {
    bool veiled = result.trace.decisions.empty(); // without a trace, nothing tells what it was made from
    for (dmn::DecisionTrace &decision : result.trace.decisions)
      veiled = hide(decision, held);
    std::erase_if(result.missing, [&](const std::string &path) { return !clear(path); });
    std::erase_if(result.refused, [&](const std::string &path) { return !clear(path); });
    if (!veiled)
      return;
    const Jugement judged{Traitement::retenu, Motif::derive};
    if (!rights_.decisions_publiques.contains(result.decision)) {
      result.value = {};
      held.push_back({result.decision, "", judged.traitement, judged.motif, phrase(judged.motif, judged.traitement)});
    }
    for (Diagnostic &error : result.errors)
      error.message = meaning(error.code); // the message may repeat a value
    result.articles.clear();               // of the rule that was hit
    result.explanation = "Décision « " + result.decision + " » au " + result.as_of.to_string() +
                         ". L'explication n'est pas montrée : elle repose sur des faits que ce rôle ne voit pas pour "
                         "cette finalité.\n";
  }

private:
  Jugement judge(std::string_view path) const {
    Jugement result{Traitement::clair, Motif::aucun};
    bool told = false;
    for (const Origine &origin : origins_)
      if (under(path, origin.fait) || under(origin.fait, path))
        for (const std::string &from : origin.chemins) {
          told = true;
          if (const Jugement judged = mask_.judge_under(from); judged.traitement < result.traitement)
            result = judged;
        }
    return told ? result : Jugement{Traitement::retenu, Motif::origine_inconnue};
  }
  bool clear(std::string_view path) const { return judge(path).traitement == Traitement::clair; }

  bool of_veiled(const dmn::FactTrace &fact) const {
    return std::any_of(veiled_.begin(), veiled_.end(), [&](const std::string &name) { return under(fact.path, name); });
  }

  // Parameters and lists of the pack are everybody's.
  bool of_the_person(const dmn::FactTrace &fact) const {
    return roots_.contains(fact.path.substr(0, fact.path.find_first_of(".[")));
  }

  // Whether the decision stands on a fact that is held back.
  bool hide(dmn::DecisionTrace &decision, std::vector<Retenue> &held) {
    bool veiled = false;
    for (dmn::FactTrace &fact : decision.facts) {
      if (fact.decision ? !of_veiled(fact) : !of_the_person(fact))
        continue;
      const Jugement judged = fact.decision ? Jugement{Traitement::retenu, Motif::derive} : judge(fact.path);
      if (judged.traitement == Traitement::clair)
        continue;
      veiled = true;
      if (!fact.decision || !rights_.decisions_publiques.contains(fact.path))
        fact.value = {};
      if (!fact.decision && told_.insert(fact.path).second)
        held.push_back(
            {fact.path, fact.label, Traitement::retenu, judged.motif, phrase(judged.motif, Traitement::retenu)});
    }
    if (!veiled)
      return false;
    veiled_.insert(decision.name);
    if (!rights_.decisions_publiques.contains(decision.name))
      decision.value = {};
    decision.entries.clear();
    for (dmn::TableTrace &table : decision.tables) {
      for (dmn::TableInputTrace &input : table.inputs)
        input.value = {};
      for (dmn::RuleTrace &rule : table.rules) {
        rule.verdict = dmn::Verdict::non_evalue;
        rule.hit = false;
        std::fill(rule.cells.begin(), rule.cells.end(), dmn::Verdict::non_evalue);
      }
      table.default_output = false;
      table.value = {};
    }
    return true;
  }

  const Masque &mask_;
  const Droits &rights_;
  const std::vector<Origine> &origins_;
  std::set<std::string> roots_, veiled_, told_;
};

} // namespace

VueResultat Guichet::expliquer(const Demande &asked, const dossier::Sujet &person, const Pack &pack, PackResult result,
                               const std::vector<Origine> &origins) {
  check(asked, droits_);
  const Masque mask(journal_, person, asked, droits_, regles_);
  VueResultat view{mask.role(), std::move(result), {}};
  Effaceur(mask, droits_, origins, pack.facts(view.resultat.decision)).run(view.resultat, view.retenues);
  noter(asked, view.role, "expliquer", {mask.dossier()});
  return view;
}

} // namespace spie::droits
