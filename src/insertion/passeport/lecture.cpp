#include "insertion/passeport/lecture.hpp"

#include "insertion/text_of.hpp"

#include <algorithm>

namespace spie::passeport {

namespace {

using parcours::Chose;

std::vector<StatutBadge> statuts_of(const feel::Context &from) {
  std::vector<StatutBadge> list;
  if (const feel::Value *value = from.find("statuts"); value != nullptr && value->is(feel::Kind::list))
    for (const feel::Value &one : value->list()) {
      StatutBadge made{text_of(one, "badge"), text_of(one, "liste"), {}, text_of(one, "but")};
      if (const feel::Value *index = one.context().find("index"); index != nullptr && index->is(feel::Kind::number))
        made.index = index->number().to_int64();
      list.push_back(std::move(made));
    }
  return list;
}

// The highest that stands.
std::string assurance_of(const std::vector<Garant> &vouchers) {
  std::string best = "declare";
  for (const Garant &one : vouchers)
    if (one.tient && (best == "declare" || one.assurance == "garanti"))
      best = one.assurance;
  return best;
}

Garant voucher(const dossier::Enonce &said, const std::string &step) {
  const feel::Context &content = said.contenu();
  Garant made;
  made.evenement = said.origine->id;
  made.assurance = step;
  made.le = said.effet.debut;
  made.par = text_of(content, "par");
  made.nom = text_of(content, "nom_garant");
  made.qualite = text_of(content, "qualite");
  made.vu = text_of(content, "vu");
  made.moyen = text_of(content, "moyen");
  made.emetteur = text_of(content, "emetteur");
  made.badge = text_of(content, "badge");
  made.liste = text_of(content, "liste");
  made.verifie_le = day_of(content, "verifie_le");
  made.expire_le = day_of(content, "expire_le");
  made.statuts = statuts_of(content);
  return made;
}

void step(Element &item, const dossier::Enonce &said, const Paroles &all) {
  const feel::Context &content = said.contenu();
  const std::string at = text_of(content, "etape"), motive = text_of(content, "motif");
  if (at == "confirme" || at == "garanti") {
    item.garants.push_back(voucher(said, at));
    if (Garant &one = item.garants.back(); all.est_elle(one.par)) {
      one.tient = false; // somebody else then, herself since their dossiers were made one
      one.motif = "Nul ne se porte garant de soi-même : ce dossier et le sien n’en font plus qu’un.";
    } else {
      item.conteste = false;
      item.contestation.clear();
    }
  } else if (at == "conteste") {
    item.conteste = true;
    item.contestation = motive;
  } else if (at == "tombe") {
    const std::string which = text_of(content, "garantie");
    for (Garant &one : item.garants)
      if (one.tient && one.evenement == which) {
        one.tient = false;
        one.tombe_le = said.effet.debut;
        one.motif = motive;
      }
  }
  item.assurance = assurance_of(item.garants);
  item.histoire.push_back({at, said.effet.debut, said.origine->auteur, said.origine->id, motive, item.assurance});
}

std::vector<Reference> references_of(const Chose &thing) {
  std::vector<Reference> list;
  if (std::string code = thing.text("code_rome"); !code.empty())
    list.push_back({"rome", std::move(code), thing.text("nature_rome"), thing.text("version_rome")});
  for (std::string &address : texts_of(thing.champs, "esco"))
    list.push_back({"esco", std::move(address), {}, {}});
  if (std::string code = thing.text("certification"); !code.empty())
    list.push_back({"france_competences", std::move(code), {}, {}});
  if (std::string code = thing.text("formacode"); !code.empty())
    list.push_back({"formacode", std::move(code), {}, {}});
  return list;
}

Element element(const Chose &thing, const Paroles &all) {
  Element item;
  item.id = thing.cle;
  item.genre = thing.text("genre");
  item.libelle = thing.text("libelle");
  item.references = references_of(thing);
  item.niveau = thing.text("niveau");
  item.debut = day_of(thing.champs, "debut");
  item.fin = day_of(thing.champs, "fin");
  item.lieu = thing.text("lieu");
  item.code_commune = thing.text("code_commune");
  item.structure = thing.text("structure");
  item.organisme = thing.text("organisme");
  item.preuves = texts_of(thing.champs, "preuves");
  item.proposition = thing.text("proposition");
  item.immersion = thing.text("immersion");
  for (const dossier::Enonce *one : thing.enonces)
    step(item, *one, all);
  return item;
}

} // namespace

std::vector<std::string> texts_of(const feel::Context &from, std::string_view field) {
  std::vector<std::string> list;
  if (const feel::Value *value = from.find(field); value != nullptr && value->is(feel::Kind::list))
    for (const feel::Value &one : value->list())
      if (one.is(feel::Kind::text))
        list.push_back(one.text());
  return list;
}

std::optional<feel::Date> day_of(const feel::Context &from, std::string_view field) {
  const feel::Value *value = from.find(field);
  if (value != nullptr && value->is(feel::Kind::date))
    return value->date();
  return value != nullptr && value->is(feel::Kind::text) ? feel::Date::parse(value->text()) : std::nullopt;
}

Paroles::Paroles(droits::Guichet &guichet, const droits::Droits &droits, const droits::Demande &demande,
                 const dossier::Sujet &personne, feel::Date au)
    : journal_(guichet.journal()), personne_(personne), connu_{{}, demande.instant},
      masque_(guichet.journal(), personne, demande, droits, guichet.regles()),
      claires_(masque_, guichet.journal(), personne, au, {{}, demande.instant}) {
  for (const auto &[type, said] : claires_.enonces())
    for (const dossier::Enonce &one : said)
      if (one.effet.debut <= au)
        jusque_la_[type].push_back(one);
}

bool Paroles::est_elle(const std::string &sujet) const {
  const auto named = dossier::Sujet::parse(sujet);
  return named && named->genre == dossier::Genre::personne &&
         (*named == personne_ ||
          dossier::holder(journal_, *named, connu_) == dossier::holder(journal_, personne_, connu_));
}

std::vector<Chose> Paroles::choses(std::string_view type) const {
  auto list = parcours::choses(jusque_la_, type);
  std::ranges::stable_sort(list, {}, [](const Chose &one) { return one.enonces.front()->origine->seq; });
  return list;
}

Lus elements(const Paroles &paroles) {
  Lus read;
  for (const Chose &thing : paroles.choses("element_passeport"))
    (thing.etape == "retire" ? read.retires : read.tenus).push_back(element(thing, paroles));
  for (auto *list : {&read.tenus, &read.retires})
    std::ranges::stable_sort(
        *list, {}, [](const Element &one) { return one.histoire.empty() ? feel::Date() : one.histoire.front().le; });
  return read;
}

dossier::Enonces sortis(const dossier::Recueil &gathered) {
  dossier::Enonces result;
  for (const dossier::Evenement *event : gathered.events())
    for (const std::string_view type : {"badge_delivre", "remise_passeport"})
      if (event->type == type && gathered.visible(*event))
        result[type].push_back({event, event, false, event->effet});
  return result;
}

std::vector<Remise> remises(const std::vector<parcours::Chose> &given, std::string_view partage) {
  std::vector<Remise> list;
  for (const Chose &one : given)
    if (one.text("partage") == partage) {
      Remise made{one.cle,
                  one.text("forme"),
                  one.depuis,
                  texts_of(one.champs, "elements"),
                  one.text("empreinte"),
                  one.text("emetteur"),
                  one.text("titulaire"),
                  {},
                  statuts_of(one.champs)};
      if (const feel::Value *badges = one.champs.find("badges"); badges != nullptr && badges->is(feel::Kind::list))
        for (const feel::Value &badge : badges->list())
          made.badges.push_back({text_of(badge, "id"), text_of(badge, "element"), text_of(badge, "empreinte"), {}});
      list.push_back(std::move(made));
    }
  std::ranges::stable_sort(list, {}, &Remise::le);
  return list;
}

std::vector<BadgeDelivre> badges_delivres(const std::vector<parcours::Chose> &issued) {
  std::vector<BadgeDelivre> list;
  for (const Chose &thing : issued)
    list.push_back({thing.cle, thing.etape, thing.enonces.empty() ? thing.depuis : thing.enonces.front()->effet.debut,
                    thing.text("immersion"), texts_of(thing.champs, "elements"), thing.text("emetteur"),
                    thing.text("titulaire"), thing.text("empreinte"), thing.text("motif"), statuts_of(thing.champs)});
  std::ranges::stable_sort(list, {}, &BadgeDelivre::le);
  return list;
}

std::vector<Partage> partages(const Paroles &paroles, feel::Date au) {
  std::vector<Partage> list;
  const auto given = paroles.choses("remise_passeport");
  for (const Chose &thing : paroles.choses("partage_passeport")) {
    Partage made{thing.cle,
                 thing.text("destinataire"),
                 thing.text("finalite"),
                 {},
                 day_of(thing.champs, "fin"),
                 {},
                 texts_of(thing.champs, "elements"),
                 texts_of(thing.champs, "champs"),
                 {}};
    made.debut = thing.enonces.empty() ? thing.depuis : thing.enonces.front()->effet.debut;
    made.etat = thing.etape == "cesse" ? "cesse" : made.fin && *made.fin < au ? "echu" : "ouvert";
    made.remises = remises(given, thing.cle);
    list.push_back(std::move(made));
  }
  std::ranges::stable_sort(list, {}, &Partage::debut);
  return list;
}

std::vector<Recommandation> recommandations(const Paroles &paroles) {
  std::vector<Recommandation> list;
  for (const Chose &thing : paroles.choses("recommandation")) {
    Recommandation made;
    made.id = thing.cle;
    made.etape = thing.etape;
    made.element = thing.text("element");
    made.badge = thing.text("badge");
    made.a = thing.text("a");
    made.nom = thing.text("nom");
    made.qualite = thing.text("qualite");
    made.demandee_le = thing.enonces.empty() ? thing.depuis : thing.enonces.front()->effet.debut;
    if (thing.etape != "demandee")
      made.repondue_le = thing.depuis;
    made.texte = thing.text("texte");
    made.avenant = thing.text("avenant");
    made.empreinte = thing.text("empreinte");
    made.emetteur = thing.text("emetteur");
    made.verifie_le = day_of(thing.champs, "verifie_le");
    made.motif = thing.text("motif");
    for (const dossier::Enonce *one : thing.enonces)
      made.evenements.push_back(one->origine->id);
    list.push_back(std::move(made));
  }
  std::ranges::stable_sort(list, {}, &Recommandation::demandee_le);
  return list;
}

} // namespace spie::passeport
