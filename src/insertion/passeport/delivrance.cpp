// The badge of an immersion, signed and put into her hands.
#include "insertion/parcours/raisons.hpp"
#include "insertion/passeport/atelier.hpp"
#include "insertion/passeport/consignation.hpp"
#include "insertion/passeport/regles.hpp"

#include <algorithm>

namespace spie::passeport {

namespace {

using feel::Value;

// What a professional picked on an item: its words, its code, its level on the pack's scale.
struct Reconnu {
  const Acquis *acquis;
  std::string nature, mots; // empty: none may be said
  bool avec_code = true;    // else its code tells what may not be told, and her words stand alone
};

Value level_of(const Atelier &shop, const std::string &id, const std::string &level) {
  Objet made;
  made.set("id", id).typed("RubricCriterionLevel");
  made.set("name", shop.word("niveaux", "code", level, "libelle"));
  return std::move(made).done();
}

Value host(const Atelier &shop, const Maison &house) {
  Objet made;
  made.set("id", shop.draw_uuid()).typed("Profile").set("name", house.nom);
  if (!house.siret.empty()) {
    Objet number;
    number.typed("IdentifierEntry").set("identifier", house.siret);
    number.set("identifierType", "ext:SIRET");
    made.set("otherIdentifier", Value(feel::List{std::move(number).done()}));
  }
  return std::move(made).done();
}

Objet credential_of(const Atelier &shop, const BadgePossible &possible, const std::vector<Reconnu> &recognised,
                    const Maison &house) {
  const json::Reader words = shop.mots().at("immersion");
  feel::List alignments, descriptions, results;
  for (const Reconnu &one : recognised) {
    const Value aligned =
        one.avec_code ? shop.alignment({"rome", one.acquis->code, one.nature, one.acquis->version}, one.mots) : Value();
    const std::string level = shop.draw_uuid(), description = shop.draw_uuid();
    Objet made, result;
    made.set("id", description).typed("ResultDescription");
    made.set("name", !aligned.is_null() ? std::string_view(aligned.context().find("targetName")->text())
                     : one.avec_code    ? std::string_view(one.acquis->code)
                                        : std::string_view(one.mots));
    made.set("resultType", "RubricCriterionLevel");
    if (!aligned.is_null())
      made.set("alignment", Value(feel::List{aligned}));
    made.set("rubricCriterionLevel", Value(feel::List{level_of(shop, level, one.acquis->niveau)}));
    result.typed("Result").set("resultDescription", description);
    result.set("achievedLevel", level);
    if (!aligned.is_null())
      alignments.push_back(aligned);
    descriptions.push_back(std::move(made).done());
    results.push_back(std::move(result).done());
  }
  const std::string name = house.nom.empty() ? words.text("titre") : words.text("titre_chez") + house.nom;
  Objet criteria, achievement, subject, credential;
  criteria.set("narrative", possible.criteres);
  achievement.set("id", shop.draw_uuid()).typed("Achievement");
  achievement.set("achievementType", words.text("type"));
  achievement.set("name", name);
  achievement.set("description", words.text("description"));
  achievement.set("criteria", std::move(criteria).done());
  achievement.set("inLanguage", shop.mots().text("langue"));
  achievement.set("alignment", Value(std::move(alignments)));
  achievement.set("resultDescription", Value(std::move(descriptions)));
  shop.name_holder(subject);
  subject.typed("AchievementSubject");
  if (possible.debut)
    subject.set("activityStartDate", noon_of(*possible.debut));
  if (possible.fin)
    subject.set("activityEndDate", noon_of(*possible.fin));
  if (!house.nom.empty())
    subject.set("source", host(shop, house));
  subject.set("achievement", std::move(achievement).done());
  subject.set("result", Value(std::move(results)));
  credential.set("@context", Value(contexts(false)));
  credential.set("type", Value(feel::List{Value("VerifiableCredential"), Value("OpenBadgeCredential")}));
  credential.set("name", name);
  credential.set("credentialSubject", std::move(subject).done());
  return credential;
}

std::string nature_of(const Element &item, const std::string &code) {
  for (const Reference &one : item.references)
    if (one.referentiel == "rome" && one.code == code && !one.nature.empty())
      return one.nature;
  return "competence";
}

} // namespace

Delivre delivrer(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                 const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                 const DemandeBadge &voulu, const Delivrance &par) {
  essayer(guichet, pack, demande, "passeport.delivrer", personne, au, {{"immersion", voulu.immersion}});
  const BadgePossible possible = badge_immersion(guichet, droits, pack, demande, personne, au, voulu.immersion);
  if (possible.decision != "delivrable")
    parcours::refuser(parcours::Raison::badge_non_delivrable, "/immersion",
                      {possible.motifs.empty() ? possible.decision : possible.motifs.front()});
  const json::Reader rules = regles(pack);
  const Atelier shop(rules, par, voulu.titulaire);
  const Paroles said(guichet, droits, demande, personne, au);
  const Lus read = elements(said);
  Selection aside; // where the sieve tells what it held back
  aside.au = au;
  Tri sorted(guichet.journal(), said, rules, {}, voulu.mots, aside);
  sorted.nommer_par(voulu.rome);
  std::vector<Reconnu> recognised;
  feel::List items;
  const Element *any = nullptr;
  for (const Acquis &one : possible.acquis) {
    const auto item = std::ranges::find(read.tenus, one.element, &Element::id);
    const std::string nature = nature_of(*item, one.code);
    any = &*item;
    // The words of what was picked, whatever she called it; hers when they may be told. A code tells what its label
    // does: where that may not leave, neither does.
    const std::string label = sorted.label_of({"rome", one.code, nature, one.version});
    const bool open = label.empty() || !sorted.checked(*item, "references", label).empty();
    std::string words = label.empty() || !open ? sorted.words_of(*item) : label;
    if (!open && words.empty())
      continue;
    recognised.push_back({&one, nature, std::move(words), open});
    items.emplace_back(one.element);
  }
  if (recognised.empty())
    parcours::refuser(parcours::Raison::rien_a_remettre, "/immersion", {aside.retenus.front().motif});
  const Maison house = any == nullptr ? Maison{} : sorted.house_of(*any, "structure", possible.source);
  Delivre made;
  Emis signed_one = shop.sign(credential_of(shop, possible, recognised, house), {}, false, made.avertissements);
  made.titulaire = shop.titulaire();
  made.statuts = std::move(signed_one.statuts);
  made.badge = std::move(signed_one.badge);
  made.retenus = std::move(aside.retenus);
  Objet content;
  content.set("id", made.badge.id).set("immersion", voulu.immersion);
  content.set("elements", Value(std::move(items))).set("emetteur", signed_one.emetteur);
  content.set("titulaire", made.titulaire);
  content.set("empreinte", made.badge.empreinte).set("statuts", statuts_dits(made.statuts));
  content.set("regle", possible.regle);
  made.acte = consigner(guichet, pack, demande, "passeport.delivrer", personne, au, std::move(content).done());
  return made;
}

} // namespace spie::passeport
