#include "insertion/droits/decisions.hpp"

#include "insertion/dossier/chemin.hpp"
#include "insertion/text_of.hpp"

#include <algorithm>
#include <map>

namespace spie::droits {

namespace {

using Names = std::vector<std::string>;

bool has(const Names &names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Names texts(const feel::Context &content, std::string_view key) {
  Names names;
  if (const feel::Value *list = content.find(key); list != nullptr)
    for (const feel::Value &one : list->list())
      names.push_back(one.text());
  return names;
}

// The facts named, as the mask knows them. Of a type whose key is sensitive the whole type is held back: that one fact
// is missing would tell which.
Names known_objects(const Names &given, const Droits &rights) {
  Names names;
  for (const std::string &name : given) {
    const auto path = dossier::Chemin::parse(name);
    if (rights.famille(name) == nullptr && !path)
      return {};
    const bool whole = path && rights.types_sensibles.contains(path->type->nom);
    names.push_back(whole ? std::string(path->type->nom) : name);
  }
  return names;
}

} // namespace

std::vector<EtapeDecision> etapes_decisions(std::vector<dossier::Enonce> said, feel::Date jour) {
  std::erase_if(said, [&](const dossier::Enonce &one) { return one.effet.debut > jour; });
  std::sort(said.begin(), said.end(),
            [](const dossier::Enonce &a, const dossier::Enonce &b) { return a.origine->seq < b.origine->seq; });
  std::vector<EtapeDecision> steps;
  std::map<std::string, EtapeDecision> asked; // by kind: the request that waits for its answer
  for (const dossier::Enonce &one : said) {
    const feel::Context &content = one.contenu();
    EtapeDecision step{text_of(content, "genre"), text_of(content, "etape"), texts(content, "finalites"),
                       texts(content, "objets"), one.effet.debut};
    EtapeDecision &request = asked[step.genre];
    if (step.etape == "acceptee") {
      if (step.finalites.empty())
        step.finalites = request.finalites;
      if (step.objets.empty())
        step.objets = request.objets;
    }
    request = step.etape == "demandee" ? step : EtapeDecision{};
    steps.push_back(std::move(step));
  }
  return steps;
}

Decisions::Decisions(const std::vector<EtapeDecision> &steps, const Droits &rights, std::string_view role,
                     std::string_view finalite) {
  for (const Blocage &block : rights.blocages) {
    if (has(block.exemptes, role))
      continue;
    std::vector<Portee> scopes;
    for (const EtapeDecision &step : steps) {
      const bool accepted = step.etape == "acceptee";
      // A decision holds until it is lifted: another request, or its refusal, leaves it as it is.
      if (step.genre != block.genre || (!accepted && step.etape != "levee"))
        continue;
      const Names purposes = block.portee ? step.finalites : Names();
      const Names objects = block.portee ? known_objects(step.objets, rights) : Names();
      bool here = has(purposes, finalite);
      if (accepted) {
        here = here || std::any_of(purposes.begin(), purposes.end(),
                                   [&](const std::string &name) { return rights.finalite(name) == nullptr; });
        here = here || (purposes.empty() && (block.finalites.empty() || has(block.finalites, finalite)));
      } else {
        // What a lifting names and nobody knows is not lifted.
        here = (here || purposes.empty()) && (objects.empty() == (!block.portee || step.objets.empty()));
      }
      if (here)
        scopes.push_back({accepted,
                          !objects.empty()    ? Motif::decision_objets
                          : !purposes.empty() ? Motif::decision_finalite
                                              : Motif::decision,
                          objects, step.debut});
    }
    genres_.push_back(std::move(scopes));
  }
}

// A lifting that is dated before the decision, though written down after it, is of an earlier one.
template <class Covers> bool Decisions::lifted(const std::vector<Portee> &scopes, std::size_t at, Covers &&covers) {
  return std::any_of(scopes.begin() + static_cast<std::ptrdiff_t>(at) + 1, scopes.end(), [&](const Portee &later) {
    return !later.retient && later.debut >= scopes[at].debut && covers(later);
  });
}

Motif Decisions::whole() const {
  for (const auto &scopes : genres_)
    for (std::size_t i = scopes.size(); i-- > 0;)
      // Some facts that were given back since are judged one by one.
      if (scopes[i].retient && scopes[i].objets.empty() && !lifted(scopes, i, [](const Portee &) { return true; }))
        return scopes[i].motif;
  return Motif::aucun;
}

Motif Decisions::judge(const Names &names) const {
  const auto covers = [&](const Portee &scope) {
    return scope.objets.empty() ||
           std::any_of(names.begin(), names.end(), [&](const std::string &name) { return has(scope.objets, name); });
  };
  for (const auto &scopes : genres_)
    for (std::size_t i = scopes.size(); i-- > 0;)
      if (scopes[i].retient && covers(scopes[i]) && !lifted(scopes, i, covers))
        return scopes[i].motif;
  return Motif::aucun;
}

std::vector<std::string> Decisions::objets() const {
  Names names;
  for (const auto &scopes : genres_)
    for (const Portee &scope : scopes)
      if (scope.retient)
        names.insert(names.end(), scope.objets.begin(), scope.objets.end());
  return names;
}

} // namespace spie::droits
