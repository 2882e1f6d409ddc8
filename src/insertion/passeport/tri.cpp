#include "insertion/passeport/tri.hpp"

#include "insertion/parcours/mots_retenus.hpp"
#include "insertion/parcours/raisons.hpp"
#include "insertion/text_of.hpp"
#include "spie/nir.hpp"

#include <algorithm>

namespace spie::passeport {

namespace {

// A passport says "competence" of what a release tells apart as skills and their two kinds of macros.
bool names(std::string_view of_passport, std::string_view of_release) {
  return of_passport.empty() || of_passport == of_release ||
         (of_passport == "competence" && of_release.starts_with("macro_"));
}

} // namespace

Tri::Mots mots_de(const feel::Value *words) {
  Tri::Mots typed;
  if (words != nullptr && words->is(feel::Kind::list))
    for (const feel::Value &one : words->list())
      typed[text_of(one, "element")] = text_of(one, "texte");
  return typed;
}

void admettre_nom(const json::Reader &rules, const std::string &nom) {
  if (holds_nir(nom))
    parcours::refuser(parcours::Raison::nir_dans_le_passeport, "/nom");
  if (parcours::holds_word(nom, rules.at("partage").texts("mots_retenus")))
    parcours::refuser(parcours::Raison::mots_de_sante_ou_de_justice, "/nom");
}

Tri::Tri(dossier::Journal &journal, const Paroles &said, const json::Reader &rules, std::vector<std::string> fields,
         Mots typed, Selection &into)
    : endorsements_(recommandations(said)), journal_(journal), said_(said),
      held_back_(rules.at("partage").texts("mots_retenus")), fields_(std::move(fields)), typed_(std::move(typed)),
      into_(into) {
  for (const json::Reader &one : rules.items("savoir_etre"))
    of_pack_[one.text("code")] = one.text("libelle");
  for (const parcours::Chose &one : said_.choses("declassement"))
    declassified_.emplace_back(one.text("evenement"), one.text("champ"));
}

void Tri::add(const Element &item) {
  if (item.conteste)
    return withhold(item, "", "Cet élément est contesté : il ne sort pas tant que personne ne le confirme.");
  Sorti out;
  out.element = item.id;
  out.genre = item.genre;
  out.assurance = item.assurance;
  const std::size_t before = into_.retenus.size();
  out.texte = words_of(item);
  if (wanted("references") || out.texte.empty())
    references(item, out);
  if (out.texte.empty() && out.references.empty() && into_.retenus.size() > before)
    return; // why is told already
  if (out.texte.empty() && out.references.empty())
    return withhold(item, "libelle", "Ses mots sont un texte libre : les écrire pour ce partage, ou les déclasser.");
  if (wanted("niveau"))
    out.niveau = item.niveau;
  if (wanted("dates")) {
    out.debut = item.debut;
    out.fin = item.fin;
  }
  if (wanted("lieu") && !item.lieu.empty() && open(item, "lieu"))
    out.lieu = checked(item, "lieu", item.lieu);
  if (wanted("structure"))
    out.structure = structure_of(item);
  if (wanted("garants"))
    for (const Garant &one : item.garants)
      if (one.tient) {
        const Temoin who = witness(item, one);
        out.garants.push_back(who.assurance + " " + who.le.to_string() +
                              (who.qualite.empty() ? "" : " " + who.qualite) +
                              (who.maison.empty() ? "" : " " + who.maison));
      }
  if (wanted("recommandations"))
    for (const Recommandation &one : endorsements_)
      if (one.element == item.id && one.etape == "donnee")
        endorsed(item, one, out);
  into_.elements.push_back(std::move(out));
}

// As a voucher; the words are another's, and leave once they are declassified.
void Tri::endorsed(const Element &item, const Recommandation &one, Sorti &out) {
  if (said_.est_elle(one.a))
    return withhold(item, "recommandations",
                    "Nul ne se recommande soi-même : ce dossier et le sien n’en font plus qu’un.");
  const std::string house = house_of(item, "recommandations", one.a).nom;
  const bool open_words = !one.texte.empty() && std::ranges::any_of(declassified_, [&](const auto &each) {
    return each.second == "texte" && std::ranges::find(one.evenements, each.first) != one.evenements.end();
  });
  const std::string words = open_words ? checked(item, "recommandations", one.texte) : std::string();
  out.recommandations.push_back(
      {one.qualite, house, one.repondue_le.value_or(one.demandee_le), words, !one.avenant.empty()});
}

void Tri::withhold(const Element &item, std::string field, std::string why) {
  if (std::ranges::any_of(into_.retenus, [&](const NonSorti &one) {
        return one.element == item.id && one.champ == field && one.motif == why;
      }))
    return;
  into_.retenus.push_back({item.id, std::move(field), std::move(why)});
}

bool Tri::wanted(std::string_view field) const { return std::ranges::find(fields_, field) != fields_.end(); }

std::string Tri::checked(const Element &item, std::string_view field, const std::string &text) {
  if (holds_nir(text)) {
    withhold(item, std::string(field), "Un numéro de sécurité sociale ne sort jamais.");
    return {};
  }
  if (parcours::holds_word(text, held_back_)) {
    withhold(item, std::string(field), "Ce texte peut dire la santé ou la justice : il ne sort jamais.");
    return {};
  }
  return text;
}

// Declassified where it stands: on the step that says it.
bool Tri::declassified(const Element &item, std::string_view field) const {
  return std::ranges::any_of(declassified_, [&](const auto &one) {
    return one.second == field &&
           std::ranges::any_of(item.histoire, [&](const Pas &step) { return step.evenement == one.first; });
  });
}

bool Tri::open(const Element &item, std::string_view field) {
  if (declassified(item, field))
    return true;
  withhold(item, std::string(field), "C'est un texte libre que personne n'a déclassé.");
  return false;
}

std::string Tri::label_of(const Reference &reference) const {
  if (reference.referentiel != "rome")
    return {};
  if (rome_ != nullptr && rome_->version() == reference.version)
    for (const FicheRome &one : rome_->trouver(reference.code, {}))
      if (names(reference.nature, one.entree.nature))
        return one.entree.libelle;
  const auto label = of_pack_.find(reference.code);
  return label == of_pack_.end() ? std::string() : label->second;
}

std::string Tri::words_of(const Element &item) {
  if (const auto typed = typed_.find(item.id); typed != typed_.end())
    return checked(item, "mots", typed->second);
  if (!item.libelle.empty() && declassified(item, "libelle"))
    return checked(item, "libelle", item.libelle);
  for (const Reference &one : item.references)
    if (const std::string label = label_of(one); !label.empty())
      return checked(item, "references", label);
  return {};
}

// An address that is not ESCO's is a free text. A code tells what its label does.
void Tri::references(const Element &item, Sorti &out) {
  for (const Reference &one : item.references)
    if (one.referentiel != "esco" || one.code.starts_with("http://data.europa.eu/esco/"))
      if (!checked(item, "references", one.code).empty())
        if (const std::string label = label_of(one); label.empty() || !checked(item, "references", label).empty())
          out.references.push_back(one);
}

// A structure may tell of health by its name: it is checked as a text is, and its number goes with its name.
Maison Tri::house_of(const Element &item, std::string_view field, const std::string &structure) {
  const auto subject = dossier::Sujet::parse(structure);
  if (!subject || subject->genre != dossier::Genre::structure || journal_.about(*subject).empty())
    return {};
  const dossier::Situation known = dossier::situation(journal_, *subject, into_.au);
  const auto said = [&](std::string_view path) {
    const dossier::Fait *fact = known.find(path);
    return fact != nullptr && fact->dire.valeur.is(feel::Kind::text) ? fact->dire.valeur.text() : std::string();
  };
  const std::string name = said("structure.nom");
  if (name.empty() || checked(item, field, name).empty())
    return {};
  return {name, said("structure.siret")};
}

std::string Tri::structure_of(const Element &item) {
  const std::size_t before = into_.retenus.size();
  if (Maison house = house_of(item, "structure", item.structure); !house.nom.empty())
    return house.nom;
  if (into_.retenus.size() > before)
    return {};
  if (!item.organisme.empty() && open(item, "organisme"))
    return checked(item, "organisme", item.organisme);
  return {};
}

Temoin Tri::witness(const Element &item, const Garant &one) {
  return {one.assurance, one.qualite, house_of(item, "garants", one.par).nom, one.le};
}

} // namespace spie::passeport
