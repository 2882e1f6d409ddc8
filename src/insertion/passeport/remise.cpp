// What leaves under a share, or for herself, signed for that occasion alone, and the event that says so.
#include "spie/passeport/remise.hpp"

#include "credentials/jcs.hpp"
#include "crypto/digest.hpp"
#include "insertion/parcours/raisons.hpp"
#include "insertion/passeport/atelier.hpp"
#include "insertion/passeport/choix.hpp"
#include "insertion/passeport/consignation.hpp"
#include "insertion/passeport/records_profil.hpp"
#include "insertion/passeport/regles.hpp"
#include "rules/pack/french.hpp"
#include "spie/json.hpp"

#include <algorithm>
#include <array>

namespace spie::passeport {

namespace {

using feel::Value;

constexpr std::array formes{"badges", "clr", "json"};

// An item, as the sieve lets it leave, with what tells it.
struct Sortant {
  Sorti sorti;
  std::vector<Temoin> temoins;
  std::vector<std::pair<Reference, std::string>> references; // with its words
};

// Under another share of hers: one recipient could then be told from what another one holds.
void check_holder(const Paroles &said, const std::string &share, const std::string &holder) {
  for (const parcours::Chose &one : said.choses("remise_passeport"))
    if (one.text("partage") != share && one.text("titulaire") == holder)
      parcours::refuser(parcours::Raison::titulaire_deja_pris, "/titulaire/id");
}

// The same identifier for one recipient, whatever was written out to him before.
std::string holder_before(const Paroles &said, const std::string &share) {
  for (const parcours::Chose &one : said.choses("remise_passeport"))
    if (!share.empty() && one.text("partage") == share && one.text("titulaire").starts_with("urn:uuid:"))
      return one.text("titulaire");
  return {};
}

std::string said_of(const Atelier &shop, const Temoin &one) {
  std::string text = shop.word("assurances", "code", one.assurance, "libelle") + " le " + pack::french_date(one.le);
  if (!one.qualite.empty())
    text += " (" + one.qualite + ")";
  if (!one.maison.empty())
    text += ", " + one.maison;
  return text + ".";
}

Objet badge_of(const Atelier &shop, const Sortant &one) {
  const Sorti &out = one.sorti;
  Objet achievement;
  feel::List alignments;
  std::string name = out.texte;
  for (const auto &[reference, label] : one.references)
    if (Value aligned = shop.alignment(reference, label); !aligned.is_null()) {
      if (name.empty())
        name = aligned.context().find("targetName")->text();
      alignments.push_back(std::move(aligned));
    }
  const std::string kind = shop.word("genres", "genre", out.genre, "libelle");
  std::string criteria = shop.word("assurances", "code", out.assurance, "criteres");
  for (const Temoin &witness : one.temoins)
    criteria += " " + said_of(shop, witness);
  Objet held;
  held.set("narrative", criteria);
  achievement.set("id", shop.draw_uuid()).typed("Achievement");
  achievement.set("achievementType", shop.word("genres", "genre", out.genre, "type"));
  achievement.set("name", name);
  achievement.set("description", kind + " de son passeport de compétences, choisie par elle.");
  achievement.set("criteria", std::move(held).done());
  achievement.set("inLanguage", shop.mots().text("langue"));
  achievement.set("alignment", Value(std::move(alignments)));

  std::string narrative;
  const auto tell = [&](std::string_view what, const std::string &said) {
    if (!said.empty())
      narrative += (narrative.empty() ? "" : " ") + std::string(what) + "\u202f: " + said + ".";
  };
  tell("Niveau", out.niveau.empty() ? std::string() : shop.word("niveaux", "code", out.niveau, "libelle"));
  tell("Lieu", out.lieu);
  tell("Structure", out.structure);
  Objet subject;
  shop.name_holder(subject);
  subject.typed("AchievementSubject");
  if (out.debut)
    subject.set("activityStartDate", noon_of(*out.debut));
  if (out.fin)
    subject.set("activityEndDate", noon_of(*out.fin));
  subject.set("narrative", narrative);
  subject.set("achievement", std::move(achievement).done());

  Objet credential;
  credential.set("@context", Value(contexts(false)));
  credential.set("type", Value(feel::List{Value("VerifiableCredential"), Value("OpenBadgeCredential")}));
  credential.set("name", name);
  credential.set("credentialSubject", std::move(subject).done());
  return credential;
}

Objet clr_of(const Atelier &shop, const std::vector<BadgeSigne> &badges, bool partial) {
  feel::List inside;
  for (const BadgeSigne &one : badges)
    inside.push_back(read_json(one.texte));
  Objet subject;
  shop.name_holder(subject);
  subject.typed("ClrSubject");
  subject.set("verifiableCredential", Value(std::move(inside)));
  Objet credential;
  credential.set("@context", Value(contexts(true)));
  credential.set("type", Value(feel::List{Value("VerifiableCredential"), Value("ClrCredential")}));
  credential.set("name", shop.mots().at("releve").text(partial ? "titre_extrait" : "titre"));
  credential.set("partial", Value(partial));
  credential.set("credentialSubject", std::move(subject).done());
  return credential;
}

feel::Context without(const feel::Context &whole, std::string_view key) {
  feel::Context left;
  for (const auto &[name, value] : whole)
    if (name != key)
      left.set(name, value);
  return left;
}

// Without what was withheld, which is for her alone, nor a number of the dossier: two recipients could compare them.
std::string selection_text(const Selection &selection) {
  feel::Context leaves = without(without(record::to_context(selection), "retenus"), "partage");
  feel::List items;
  for (const Sorti &one : selection.elements)
    items.emplace_back(without(record::to_context(one), "element"));
  leaves.set("elements", Value(std::move(items)));
  return credentials::canonical_json(Value(std::move(leaves)));
}

std::string first_reason(const Selection &selection) {
  return selection.retenus.empty() ? std::string("rien n’est choisi") : selection.retenus.front().motif;
}

void sign_all(Remis &made, const std::vector<Sortant> &items, const Atelier &shop, bool clr) {
  const std::string last = made.selection.fin ? made.selection.fin->to_string() + "T23:59:59Z" : std::string();
  const auto keep = [&](Emis one, const std::string &element) {
    one.badge.element = element;
    made.badges.push_back(std::move(one.badge));
    std::ranges::move(one.statuts, std::back_inserter(made.statuts));
    return one.emetteur;
  };
  std::string issuer;
  for (const Sortant &one : items) {
    issuer = keep(shop.sign(badge_of(shop, one), last, clr, made.avertissements), one.sorti.element);
    if (!clr)
      made.texte += made.badges.back().texte + "\n";
  }
  if (clr) {
    const bool partial = !made.selection.partage.empty() || made.selection.partiel || !made.selection.retenus.empty();
    issuer = keep(shop.sign(clr_of(shop, made.badges, partial), last, false, made.avertissements), {});
    made.texte = made.badges.back().texte;
  }
  made.emetteur = issuer;
}

} // namespace

Remis remettre(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack, const droits::Demande &demande,
               const dossier::Sujet &personne, feel::Date au, const DemandeRemise &voulu, const Delivrance &par) {
  if (std::ranges::find(formes, voulu.forme) == formes.end())
    throw Error({Code::api_argument, Level::error, "'" + voulu.forme + "' is none of badges, clr, json", "forme", {}});
  Objet known;
  known.set("partage", voulu.partage).set("forme", voulu.forme).set("accord_recueilli", voulu.accord_recueilli);
  feel::List chosen(voulu.elements.begin(), voulu.elements.end());
  known.set("elements", Value(std::move(chosen)));
  essayer(guichet, pack, demande, "passeport.remettre", personne, au, std::move(known).done().context());
  std::vector<Sortant> items;
  Remis made;
  made.forme = voulu.forme;
  made.selection =
      choisir(guichet, droits, pack, demande, personne, au, {voulu.partage, voulu.elements, voulu.mots, voulu.rome},
              [&](Tri &sorted, const Element &item, const Sorti &out) {
                Sortant one{out, {}, {}};
                if (sorted.wanted("garants"))
                  for (const Garant &each : item.garants)
                    if (each.tient)
                      one.temoins.push_back(sorted.witness(item, each));
                for (const Reference &each : out.references)
                  one.references.emplace_back(each, sorted.label_of(each));
                items.push_back(std::move(one));
              });
  if (items.empty())
    parcours::refuser(parcours::Raison::rien_a_remettre, "/elements", {first_reason(made.selection)});
  if (voulu.forme == "json") {
    made.texte = selection_text(made.selection);
  } else {
    const Paroles said(guichet, droits, demande, personne, au);
    Titulaire holder = voulu.titulaire;
    if (!holder.id.empty())
      check_holder(said, voulu.partage, holder.id);
    else if (holder.adresse.empty())
      holder.id = holder_before(said, voulu.partage);
    const Atelier shop(regles(pack), par, holder);
    made.titulaire = shop.titulaire();
    sign_all(made, items, shop, voulu.forme == "clr");
  }
  made.empreinte = crypto::hex(crypto::sha256(made.texte));
  feel::List elements;
  for (const Sorti &one : made.selection.elements)
    elements.emplace_back(one.element);
  Objet said;
  said.set("partage", voulu.partage).set("forme", voulu.forme);
  said.set("elements", Value(std::move(elements))).set("empreinte", made.empreinte);
  said.set("emetteur", made.emetteur).set("titulaire", made.titulaire);
  said.set("badges", badges_dits(made.badges)).set("statuts", statuts_dits(made.statuts));
  said.set("accord_recueilli", voulu.accord_recueilli);
  made.acte = consigner(guichet, pack, demande, "passeport.remettre", personne, au, std::move(said).done());
  return made;
}

} // namespace spie::passeport
