#include "xml/stream.hpp"

#include "text/encoding.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <expat.h>
#include <memory>
#include <new>
#include <optional>
#include <utility>

namespace spie::xml {

namespace {

constexpr int nothing = -1; // a byte that stands for no character

class Stream {
public:
  Stream(const Source &source, Handler &handler, const Limits &limits)
      : source_(source), handler_(handler), limits_(limits), parser_(XML_ParserCreate(nullptr), &XML_ParserFree) {
    if (!parser_)
      throw std::bad_alloc();
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), opened, closed);
    XML_SetCharacterDataHandler(parser_.get(), characters);
    if (limits.document_type) {
      XML_SetEntityDeclHandler(parser_.get(), entity);
      XML_SetSkippedEntityHandler(parser_.get(), skipped);
    } else {
      XML_SetStartDoctypeDeclHandler(parser_.get(), doctype);
    }
    if (limits.utf8_alone)
      XML_SetXmlDeclHandler(parser_.get(), declaration);
    XML_SetUnknownEncodingHandler(parser_.get(), encoding, this);
  }

  void run() {
    constexpr int chunk = 64 << 10;
    for (bool last = false; !last;) {
      void *buffer = XML_GetBuffer(parser_.get(), chunk);
      if (buffer == nullptr)
        throw std::bad_alloc();
      const std::size_t count = source_(static_cast<char *>(buffer), chunk);
      fed_ += static_cast<std::int64_t>(count);
      last = count == 0;
      const bool parsed = XML_ParseBuffer(parser_.get(), static_cast<int>(count), last ? 1 : 0) == XML_STATUS_OK;
      if (thrown_)
        std::rethrow_exception(thrown_);
      if (fault_)
        throw Fault(std::move(*fault_));
      if (!parsed)
        throw fault_of(XML_GetErrorCode(parser_.get()), last);
      // What expat holds back is one token whose end it waits for.
      if (fed_ - XML_GetCurrentByteIndex(parser_.get()) > static_cast<std::int64_t>(limits_.token) + chunk)
        throw made(Code::import_limit,
                   "une balise ou un commentaire est trop long : au plus " + std::to_string(limits_.token) + " octets");
    }
  }

private:
  static Stream &of(void *self) { return *static_cast<Stream *>(self); }

  static void opened(void *self, const XML_Char *name, const XML_Char **attributes) { of(self).open(name, attributes); }
  static void closed(void *self, const XML_Char *name) { of(self).close(name); }
  static void characters(void *self, const XML_Char *text, int size) {
    of(self).add({text, static_cast<std::size_t>(size)});
  }
  static void doctype(void *self, const XML_Char *, const XML_Char *, const XML_Char *, int) {
    Stream &stream = of(self);
    stream.stop(stream.made(Code::import_format,
                            "le fichier déclare un type de document (DOCTYPE) : les flux n'en ont pas, et il pourrait "
                            "définir des entités sans fin",
                            "demander le fichier sans DOCTYPE"));
  }
  static void entity(void *self, const XML_Char *name, int, const XML_Char *, int, const XML_Char *, const XML_Char *,
                     const XML_Char *, const XML_Char *) {
    Stream &stream = of(self);
    stream.stop(stream.made(Code::import_format, "le fichier définit une entité : " + shortened(name, 40),
                            "demander le fichier sans définition d'entité"));
  }
  static void skipped(void *self, const XML_Char *name, int) {
    Stream &stream = of(self);
    stream.stop(stream.made(Code::import_truncated, "une entité n'est pas définie : " + shortened(name, 40)));
  }
  static void declaration(void *self, const XML_Char *, const XML_Char *encoding, int) {
    Stream &stream = of(self);
    if (encoding != nullptr && ascii_lower(encoding) != "utf-8")
      stream.stop(stream.made(Code::import_encoding, "l'encodage déclaré n'est pas lu : " + shortened(encoding, 40),
                              "demander le fichier en UTF-8"));
  }
  static int encoding(void *self, const XML_Char *name, XML_Encoding *info) {
    const std::string known = ascii_lower(name);
    const bool western = known == "windows-1252" || known == "cp1252";
    if (!western && known != "iso-8859-15") {
      of(self).encoding_ = name;
      return XML_STATUS_ERROR;
    }
    for (int byte = 0; byte < 256; ++byte)
      info->map[byte] = byte;
    if (western)
      std::transform(windows_1252_high.begin(), windows_1252_high.end(), info->map + 0x80,
                     [](char16_t code) { return code == 0 ? nothing : int{code}; });
    else // the eight characters in which it is not ISO-8859-1
      for (const auto &[byte, letter] : {std::pair{0xA4, 0x20AC},
                                         {0xA6, 0x160},
                                         {0xA8, 0x161},
                                         {0xB4, 0x17D},
                                         {0xB8, 0x17E},
                                         {0xBC, 0x152},
                                         {0xBD, 0x153},
                                         {0xBE, 0x178}})
        info->map[byte] = letter;
    info->data = nullptr;
    info->convert = nullptr;
    info->release = nullptr;
    return XML_STATUS_OK;
  }

  void open(const XML_Char *name, const XML_Char **attributes) {
    if (stopped())
      return;
    const XML_Char *const *const all = attributes;
    if (++depth_ > limits_.depth)
      return stop(made(Code::import_limit,
                       "les éléments sont trop imbriqués : au plus " + std::to_string(limits_.depth) + " niveaux"));
    std::size_t size = 0;
    for (; *attributes != nullptr; ++attributes)
      size += std::strlen(*attributes);
    if (size > limits_.attributes)
      return stop(made(Code::import_limit, "les attributs d'un élément sont trop longs : au plus " +
                                               std::to_string(limits_.attributes) + " octets"));
    begun_ = leaf_ = true;
    text_.clear();
    const std::int64_t begin = XML_GetCurrentByteIndex(parser_.get());
    call([&] { handler_.open_tag(Tag{name, all, begin, begin + XML_GetCurrentByteCount(parser_.get())}); });
  }

  void close(const XML_Char *name) {
    if (stopped())
      return;
    --depth_;
    const std::int64_t begin = XML_GetCurrentByteIndex(parser_.get());
    call([&] {
      handler_.close_tag(name, leaf_ ? std::string_view(text_) : std::string_view(), begin,
                         begin + XML_GetCurrentByteCount(parser_.get()));
    });
    leaf_ = false;
  }

  void add(std::string_view text) {
    if (!leaf_ || stopped())
      return; // blanks between elements
    if (text_.size() + text.size() > limits_.text)
      return stop(made(Code::import_limit,
                       "le texte d'un élément est trop long : au plus " + std::to_string(limits_.text) + " octets"));
    text_.append(text);
  }

  // No exception may cross expat, which is C.
  template <class Call> void call(Call &&handle) {
    try {
      handle();
    } catch (Fault &fault) { // the handler does not know the line
      const Fault here = made(fault.code, {});
      fault.line = here.line;
      fault.offset = here.offset;
      thrown_ = std::make_exception_ptr(fault);
      XML_StopParser(parser_.get(), XML_FALSE);
    } catch (...) {
      thrown_ = std::current_exception();
      XML_StopParser(parser_.get(), XML_FALSE);
    }
  }

  bool stopped() const noexcept { return thrown_ || fault_.has_value(); }
  void stop(Fault fault) {
    if (!stopped())
      fault_ = std::move(fault);
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  Fault made(Code code, std::string motif, std::string remede = "vérifier le fichier à l'endroit indiqué") const {
    return {code, static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser_.get())), std::move(motif),
            std::move(remede), static_cast<std::int64_t>(XML_GetCurrentByteIndex(parser_.get()))};
  }

  // The byte at which expat stopped; nothing when it is not there any more.
  std::optional<unsigned char> byte_here() const {
    int offset = 0, size = 0;
    const char *held = XML_GetInputContext(parser_.get(), &offset, &size);
    if (held == nullptr || offset < 0 || offset >= size)
      return std::nullopt;
    return static_cast<unsigned char>(held[offset]);
  }

  Fault fault_of(XML_Error error, bool last) const {
    const auto wrong_encoding = [&](std::string motif) {
      return made(Code::import_encoding, std::move(motif),
                  "demander le fichier dans l'encodage que sa déclaration XML annonce");
    };
    switch (error) {
    case XML_ERROR_NO_MEMORY:
      throw std::bad_alloc();
    case XML_ERROR_UNKNOWN_ENCODING:
      return wrong_encoding("l'encodage déclaré n'est pas lu : " + shortened(encoding_, 40));
    case XML_ERROR_INCORRECT_ENCODING:
      return wrong_encoding("les octets ne sont pas dans l'encodage déclaré");
    case XML_ERROR_PARTIAL_CHAR:
      if (!last)
        return wrong_encoding("un caractère est coupé");
      break;
    case XML_ERROR_INVALID_TOKEN:
      if (const auto byte = byte_here(); byte && *byte >= 0x80U) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        return wrong_encoding(std::string("un octet ne représente aucun caractère dans l'encodage déclaré : 0x") +
                              digits[*byte >> 4U] + digits[*byte & 0xFU]);
      }
      break;
    default:
      break;
    }
    if (!begun_)
      return made(Code::import_format, "le fichier n'est pas un document XML", "vérifier que c'est le bon fichier");
    if (last)
      return made(Code::import_truncated, "le fichier s'arrête avant sa fin",
                  "demander le fichier entier, et le relire");
    return made(Code::import_truncated, "le XML est mal formé : la lecture s'arrête là" + detail(error),
                "faire corriger le fichier, et le relire");
  }

  static std::string detail(XML_Error error) {
    switch (error) {
    case XML_ERROR_TAG_MISMATCH:
      return " (une balise fermante n'est pas celle qui est attendue)";
    case XML_ERROR_INVALID_TOKEN:
      return " (un caractère n'a pas sa place ici)";
    case XML_ERROR_UNDEFINED_ENTITY:
      return " (une entité n'est pas définie)";
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
      return " (un attribut est répété)";
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
      return " (il y a quelque chose après la fin du document)";
    default:
      return {};
    }
  }

  const Source &source_;
  Handler &handler_;
  Limits limits_;
  std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser_;
  std::string text_, encoding_;
  std::int64_t fed_ = 0;
  int depth_ = 0;
  bool begun_ = false; // an element was opened
  bool leaf_ = false;  // one was opened, and none was closed since
  std::exception_ptr thrown_;
  std::optional<Fault> fault_;
};

} // namespace

void read(const Source &source, Handler &handler, const Limits &limits) { Stream(source, handler, limits).run(); }

} // namespace spie::xml
