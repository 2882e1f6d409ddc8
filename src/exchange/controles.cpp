#include "exchange/controles.hpp"

#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spie::exchange {

namespace {

bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

// What people put between the parts of a number, no-break spaces too.
std::string without_separators(std::string_view text) {
  std::string bare;
  for (std::size_t i = 0; i < text.size();) {
    const auto gap = [&](std::string_view one) { return text.substr(i).starts_with(one) ? one.size() : 0; };
    if (const std::size_t size = gap(" ") + gap(".") + gap("-") + gap("\u00A0") + gap("\u202F") + gap("\u2009"))
      i += size;
    else
      bare += text[i++];
  }
  return bare;
}

constexpr const char *check_it = "Le corriger à la source.";

} // namespace

std::optional<FauteValeur> nir_fault(std::string_view text) {
  if (dossier::read_nir(text))
    return std::nullopt;
  const std::string remede = "Le vérifier ; l'enregistrement est lu sans lui.";
  std::string bare = without_separators(text);
  if (bare.size() > 6 && bare[5] == '2' && std::string_view("abAB").find(bare[6]) != std::string_view::npos)
    bare[6] = '0';
  const bool digits = !bare.empty() && std::all_of(bare.begin(), bare.end(), digit);
  if (digits && (bare.size() == 13 || bare.size() == 15)) {
    if (std::string_view("3478").find(bare[0]) != std::string_view::npos)
      return FauteValeur{"c'est un numéro provisoire (il commence par 3, 4, 7 ou 8) : il ne rapproche personne",
                         "Le remplacer quand le NIR définitif est connu ; l'enregistrement est lu sans lui."};
    if (bare[0] != '1' && bare[0] != '2')
      return FauteValeur{"un NIR commence par 1 ou 2", remede};
    if (!dossier::resembles_nir(text))
      return FauteValeur{"le mois, la commune ou le rang que dit ce NIR n'existe pas", remede};
    return FauteValeur{"la clé de ce NIR n'est pas celle de ses 13 premiers chiffres", remede};
  }
  if (digits)
    return FauteValeur{"ce n'est pas un NIR : " + std::to_string(bare.size()) +
                           (bare.size() > 1 ? " chiffres" : " chiffre") + ", au lieu de 13, ou 15 avec leur clé",
                       remede};
  return FauteValeur{"ce n'est pas un NIR : 13 chiffres, ou 15 avec leur clé", remede};
}

// 0639980001, +33 6 39 98 00 01, 0033…: digits, and what people put between them.
std::optional<FauteValeur> phone_fault(std::string_view text) {
  const bool plus = text.starts_with('+');
  std::string digits;
  for (const char c : text.substr(plus ? 1 : 0))
    if (digit(c))
      digits += c;
    else if (c != ' ' && c != '.' && c != '-' && c != '(' && c != ')')
      return FauteValeur{"ce n'est pas un numéro français à dix chiffres, ni un numéro avec son indicatif : gardé tel "
                         "quel",
                         check_it};
  const bool abroad = plus || digits.starts_with("00");
  const std::string_view number = std::string_view(digits).substr(abroad && !plus ? 2 : 0);
  const bool begins = !number.empty() && number.front() != '0';
  if (abroad ? begins && number.size() >= 8 && number.size() <= 15 : digits.size() == 10 && digits.front() == '0')
    return std::nullopt;
  if (!abroad && digits.size() == 9 && begins)
    return FauteValeur{"il manque un chiffre à ce numéro de téléphone : gardé tel quel",
                       "Le corriger à la source ; un tableur ôte le zéro de tête d'un nombre."};
  if (!abroad && digits.size() == 11 && digits.starts_with("33"))
    return FauteValeur{"ce numéro de téléphone a un indicatif sans « + » ni « 00 » : gardé tel quel",
                       "Écrire le « + » devant l'indicatif."};
  return FauteValeur{"ce n'est pas un numéro français à dix chiffres, ni un numéro avec son indicatif : gardé tel quel",
                     check_it};
}

std::optional<FauteValeur> mail_fault(std::string_view text) {
  const std::size_t at = text.find('@');
  const std::string_view host = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  const std::size_t dot = host.rfind('.');
  const bool good = at != 0 && at != std::string_view::npos && host.find('@') == std::string_view::npos &&
                    text.find_first_of(" \t,;<>\"") == std::string_view::npos && dot != std::string_view::npos &&
                    dot != 0 && dot + 2 < host.size() && text.find("..") == std::string_view::npos &&
                    host.front() != '.' && text[at - 1] != '.';
  if (good)
    return std::nullopt;
  const bool comma = at != std::string_view::npos && text.find(',') != std::string_view::npos;
  return FauteValeur{"ce n'est pas une adresse électronique",
                     comma ? "La corriger à la source : une adresse n'a pas de virgule." : "La corriger à la source."};
}

std::optional<FauteValeur> postcode_fault(std::string_view text) {
  if (text.size() == 5 && std::all_of(text.begin(), text.end(), digit) && !text.starts_with("00"))
    return std::nullopt;
  return FauteValeur{"ce n'est pas un code postal à cinq chiffres",
                     "Le corriger ; un tableur ôte les zéros de tête d'un nombre."};
}

std::optional<FauteValeur> birth_fault(feel::Date birth, feel::Date reference) {
  constexpr std::int64_t oldest = 130; // years: nobody ever was
  if (birth > reference)
    return FauteValeur{"la date de naissance suit la date du fichier",
                       "Corriger la naissance à la source, ou la date donnée pour le fichier si c'est elle."};
  if (birth.civil().year + oldest < reference.civil().year)
    return FauteValeur{"la date de naissance précède la date du fichier de plus de 130 ans",
                       "Corriger l'année de naissance à la source."};
  return std::nullopt;
}

FauteValeur amount_fault(std::string_view text) {
  const std::size_t mark = text.find_last_of(".,");
  const std::string_view after = mark == std::string_view::npos ? std::string_view() : text.substr(mark + 1);
  if (after.size() == 3 && std::all_of(after.begin(), after.end(), digit))
    return {"un point ou une virgule devant trois chiffres peut être celui des milliers ou celui des centimes",
            "Écrire les centimes : 1234.50 ou 1234,50."};
  return {"ce n'est pas un montant", "L'écrire comme 1234.50, 1234,50 ou 1 234,50, sans unité."};
}

std::optional<FauteValeur> reference_fault(feel::Date reference, dossier::Instant recorded) {
  // A day of grace: the instant is in UTC, the file may come from the other side of midnight.
  if (reference.days <= recorded.date().days + 1)
    return std::nullopt;
  return FauteValeur{"la date du fichier (" + reference.to_string() + ") n'est pas venue",
                     "Vérifier la date du fichier : rien n'y serait vrai avant ce jour."};
}

std::optional<GenreValeur> kind_of(std::string_view champ) {
  if (champ == "telephones")
    return GenreValeur::telephone;
  if (champ == "courriels" || champ == "courriel")
    return GenreValeur::courriel;
  return champ == "code_postal" ? std::optional(GenreValeur::code_postal) : std::nullopt;
}

std::optional<FauteValeur> fault_of(GenreValeur kind, std::string_view text) {
  return kind == GenreValeur::telephone  ? phone_fault(text)
         : kind == GenreValeur::courriel ? mail_fault(text)
                                         : postcode_fault(text);
}

bool keeps(Session &session, GenreValeur kind, const std::string &place, std::string_view champ,
           const std::string &value) {
  const auto fault = fault_of(kind, value);
  if (!fault)
    return true;
  const bool kept = is_kept(kind);
  if (kept)
    session.warn(Code::import_value, place, std::string(champ), value, fault->motif, fault->remede);
  else
    session.refuse(Code::import_value, place, std::string(champ), value, fault->motif, fault->remede);
  return kept;
}

std::optional<feel::Date> kept_birth(Session &session, std::optional<feel::Date> birth, const std::string &place,
                                     std::string_view champ) {
  const auto fault = birth ? birth_fault(*birth, session.reference()) : std::nullopt;
  if (!fault)
    return birth;
  session.refuse(Code::import_value, place, std::string(champ), birth->to_string(), fault->motif, fault->remede);
  return std::nullopt;
}

std::vector<std::string> split_mails(std::string_view text) {
  std::vector<std::string> result;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view item = trimmed(text.substr(0, comma));
    const bool rest_of_one = !result.empty() && item.find('@') == std::string_view::npos && mail_fault(result.back());
    if (rest_of_one)
      result.back() += "," + std::string(item);
    else if (!item.empty())
      result.emplace_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return result;
}

} // namespace spie::exchange
