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
  Effaceur(const Masque &mask, const Droits &rights, const std::vector<Origine> &origins, const Pack &pack,
           const std::vector<dmn::FactInfo> &facts)
      : mask_(mask), rights_(rights), origins_(origins), pack_(pack) {
    for (const dmn::FactInfo &fact : facts)
      roots_.insert(fact.path.substr(0, fact.path.find_first_of(".[")));
  }

  // What the decision may read and this role may not see, whatever it read of it and whether the dossier holds it.
  void tell(const std::vector<dmn::FactInfo> &facts, std::vector<Retenue> &held) const {
    std::set<std::string> told;
    for (const dmn::FactInfo &fact : facts)
      if (const Jugement judged = judge(fact.path); judged.traitement != Traitement::clair)
        if (told.insert(fact.path).second)
          held.push_back(
              {fact.path, fact.label, Traitement::retenu, judged.motif, phrase(judged.motif, Traitement::retenu)});
  }

  // Whether the result stands on facts held back. The trace of a decision has every fact that it may read: what is
  // veiled does not follow from what they are.
  bool run(PackResult &result, std::vector<Retenue> &held) {
    bool veiled = result.trace.decisions.empty(); // without a trace, nothing tells what it was made from
    for (dmn::DecisionTrace &decision : result.trace.decisions)
      veiled = hide(decision);
    std::erase_if(result.missing, [&](const std::string &path) { return !clear(path); });
    std::erase_if(result.refused, [&](const std::string &path) { return !clear(path); });
    if (!veiled)
      return false;
    const Jugement judged{Traitement::retenu, Motif::derive};
    if (!rights_.decisions_publiques.contains(result.decision)) {
      result.value = {};
      held.push_back({result.decision, "", judged.traitement, judged.motif, phrase(judged.motif, judged.traitement)});
    }
    // Which facts are missing, and which errors were reached, depends on the others as the value does.
    result.status = dmn::Status::indetermine;
    result.missing.clear();
    result.refused.clear();
    result.errors.clear();
    result.articles.clear(); // of the rule that was hit
    result.parametres.clear();
    result.explanation = "Décision « " + result.decision + " » au " + result.as_of.to_string() +
                         ". L'explication n'est pas montrée : elle repose sur des faits que ce rôle ne voit pas pour "
                         "cette finalité.\n";
    return true;
  }

private:
  Jugement judge(std::string_view path) const {
    Jugement result{Traitement::clair, Motif::aucun};
    bool told = false;
    for (const Origine &origin : origins_)
      if (under(path, origin.fait) || under(origin.fait, path)) {
        told = told || origin.donne;
        for (const std::string &from : origin.chemins) {
          told = true;
          if (const Jugement judged = judge_origin(from); judged.traitement < result.traitement)
            result = judged;
        }
      }
    return told ? result : Jugement{Traitement::retenu, Motif::origine_inconnue};
  }
  // A value that is no code of its list is a free text in the fact that was made of it, too.
  Jugement judge_origin(std::string_view path) const {
    const Jugement judged = mask_.judge_under(path);
    if (judged.traitement == Traitement::clair && mask_.holds_free_text(path))
      if (const auto text = mask_.texte_libre(); text.traitement != Traitement::clair)
        return text;
    return judged;
  }
  bool clear(std::string_view path) const { return judge(path).traitement == Traitement::clair; }

  bool of_veiled(const dmn::FactTrace &fact) const {
    return std::any_of(veiled_.begin(), veiled_.end(), [&](const std::string &name) { return under(fact.path, name); });
  }

  // Parameters and lists of the pack are everybody's, but for a parameter that is read at the date of a fact: it tells
  // on which side of a change of law the fact lies.
  bool shown(const dmn::FactTrace &fact) const {
    const std::string root = fact.path.substr(0, fact.path.find_first_of(".["));
    if (roots_.contains(root))
      return clear(fact.path);
    const PackParameter *parameter = pack_.find_parameter(root);
    return parameter == nullptr || parameter->lu_au.empty() || clear(parameter->lu_au);
  }

  // Whether the decision stands on a fact that is held back.
  bool hide(dmn::DecisionTrace &decision) {
    bool veiled = false;
    for (dmn::FactTrace &fact : decision.facts) {
      if (fact.decision ? !of_veiled(fact) : shown(fact))
        continue;
      veiled = true;
      if (!fact.decision || !rights_.decisions_publiques.contains(fact.path))
        fact.value = {};
    }
    if (!veiled)
      return false;
    veiled_.insert(decision.name);
    if (!rights_.decisions_publiques.contains(decision.name))
      decision.value = {};
    // Which of them were come to depends on what is held back.
    decision.entries.clear();
    decision.tables.clear();
    return true;
  }

  const Masque &mask_;
  const Droits &rights_;
  const std::vector<Origine> &origins_;
  const Pack &pack_;
  std::set<std::string> roots_, veiled_;
};

} // namespace

VueResultat Guichet::veiled(const Masque &mask, const Pack &pack, PackResult result,
                            const std::vector<Origine> &origines) const {
  VueResultat view{mask.role(), std::move(result), false, {}};
  const auto facts = pack.facts(view.resultat.decision);
  Effaceur eraser(mask, droits_, origines, pack, facts);
  eraser.tell(facts, view.retenues);
  view.voile = eraser.run(view.resultat, view.retenues);
  return view;
}

VueResultat Guichet::expliquer(const Demande &demande, const dossier::Sujet &person, const Pack &pack,
                               PackResult result, const std::vector<Origine> &origines) {
  return traced(demande, "expliquer", {person}, [&] {
    check(demande, droits_);
    const Masque mask(journal_, person, demande, droits_, regles_);
    VueResultat view = veiled(mask, pack, std::move(result), origines);
    noter(demande, view.role, "expliquer", {mask.dossier()});
    return view;
  });
}

// On the whole dossier, then under the mask: a decision made of what is shown alone would be another one.
VueResultat Guichet::expliquer(const Demande &demande, const dossier::Sujet &person, const Pack &pack,
                               std::string_view decision, feel::Date au, const feel::Context &donnes) {
  return traced(demande, "expliquer", {person}, [&] {
    check(demande, droits_);
    const Masque mask(journal_, person, demande, droits_, regles_);
    dossier::Decision decided = dossier::decider(
        pack, dossier::situation(journal_, person, au, {{}, demande.instant}, regles_), decision, donnes);
    VueResultat view = veiled(mask, pack, std::move(decided.resultat), decided.lus.origines);
    noter(demande, view.role, "expliquer", {mask.dossier()});
    return view;
  });
}

} // namespace spie::droits
