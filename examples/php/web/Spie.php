<?php
// spie behind a web server. FFI is open to no script of a request (ffi.enable=preload, PHP's default), only to what is
// loaded before any: this class is, by preload.php. It holds all that touches FFI; scripts see texts and arrays.
final class Spie
{
    private readonly FFI $spie;
    private readonly FFI\CData $error;
    private readonly FFI\CData $pack;

    // A pack is loaded anew by each request: PHP keeps no handle from one to the next.
    public function __construct(string $folder)
    {
        $this->spie = FFI::scope('SPIE'); // of spie.preload.h, that ffi.preload names
        $this->error = $this->spie->new('spie_error');
        $this->error->struct_size = FFI::sizeof($this->error);
        $this->pack = $this->spie->new('spie_pack *');
        $this->check($this->spie->spie_pack_load(FFI::addr($this->pack), $folder, null, FFI::addr($this->error)));
    }

    public function __destruct()
    {
        $this->spie->spie_pack_free($this->pack);
    }

    public function evaluate(string $name, array $facts, string $date): array
    {
        $json = json_encode($facts, JSON_THROW_ON_ERROR);
        $decision = $this->spie->new('spie_decision *');
        $text = $this->spie->new('char *');
        $error = FFI::addr($this->error);
        $this->check($this->spie->spie_pack_decision(FFI::addr($decision), $this->pack, $name, $error));
        try {
            $this->check($this->spie->spie_decision_evaluate(FFI::addr($text), null, $decision, $json, strlen($json),
                $date, null, $error));
            return json_decode(FFI::string($text), true, flags: JSON_THROW_ON_ERROR);
        } finally {
            $this->spie->spie_free($text);
            $this->spie->spie_decision_free($decision);
        }
    }

    private function check(int $status): void
    {
        if ($status !== 0) {
            throw new RuntimeException(FFI::string($this->error->code) . ' ' . FFI::string($this->error->message));
        }
    }
}
