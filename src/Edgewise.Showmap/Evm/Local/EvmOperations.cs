namespace Edgewise.Showmap.Evm.Local;

/// <summary>The instructions: what each takes from the stack, leaves there, and costs at least. Source: the Yellow Paper, appendix H, and the EIPs of each hard fork.</summary>
internal static class EvmOperations
{
    public const byte Stop = 0x00, Add = 0x01, Mul = 0x02, Sub = 0x03, Div = 0x04, SDiv = 0x05, Mod = 0x06, SMod = 0x07, AddMod = 0x08, MulMod = 0x09, Exp = 0x0a, SignExtend = 0x0b,
        Lt = 0x10, Gt = 0x11, SLt = 0x12, SGt = 0x13, Eq = 0x14, IsZero = 0x15, And = 0x16, Or = 0x17, Xor = 0x18, Not = 0x19, Byte = 0x1a, Shl = 0x1b, Shr = 0x1c, Sar = 0x1d, Clz = 0x1e,
        Keccak = 0x20, Address = 0x30, Balance = 0x31, Origin = 0x32, Caller = 0x33, CallValue = 0x34, CallDataLoad = 0x35, CallDataSize = 0x36, CallDataCopy = 0x37, CodeSize = 0x38,
        CodeCopy = 0x39, GasPrice = 0x3a, ExtCodeSize = 0x3b, ExtCodeCopy = 0x3c, ReturnDataSize = 0x3d, ReturnDataCopy = 0x3e, ExtCodeHash = 0x3f, BlockHash = 0x40, Coinbase = 0x41,
        Timestamp = 0x42, Number = 0x43, PrevRandao = 0x44, GasLimit = 0x45, ChainId = 0x46, SelfBalance = 0x47, BaseFee = 0x48, BlobHash = 0x49, BlobBaseFee = 0x4a,
        Pop = 0x50, MLoad = 0x51, MStore = 0x52, MStore8 = 0x53, SLoad = 0x54, SStore = 0x55, Jump = 0x56, JumpI = 0x57, Pc = 0x58, MSize = 0x59, Gas = 0x5a, JumpDest = 0x5b,
        TLoad = 0x5c, TStore = 0x5d, MCopy = 0x5e, Push0 = 0x5f, Push1 = 0x60, Push32 = 0x7f, Dup1 = 0x80, Dup16 = 0x8f, Swap1 = 0x90, Swap16 = 0x9f, Log0 = 0xa0, Log4 = 0xa4,
        Create = 0xf0, Call = 0xf1, CallCode = 0xf2, Return = 0xf3, DelegateCall = 0xf4, Create2 = 0xf5, StaticCall = 0xfa, Revert = 0xfd, SelfDestruct = 0xff;

    /// <summary>Words that an instruction takes; 255 where there is no such instruction.</summary>
    public static ReadOnlySpan<byte> Takes(EvmFork fork) => Tables[(int)fork].Takes;

    /// <summary>Words that it leaves.</summary>
    public static ReadOnlySpan<byte> Leaves(EvmFork fork) => Tables[(int)fork].Leaves;

    /// <summary>Gas that it costs whatever its operands are.</summary>
    public static ReadOnlySpan<int> Costs(EvmFork fork) => Tables[(int)fork].Costs;

    private static readonly (byte[] Takes, byte[] Leaves, int[] Costs)[] Tables = [.. Enum.GetValues<EvmFork>().Select(Table)];

    private static (byte[] Takes, byte[] Leaves, int[] Costs) Table(EvmFork fork)
    {
        byte[] takes = new byte[256], leaves = new byte[256];
        int[] costs = new int[256];
        Array.Fill(takes, byte.MaxValue);
        void Set(int takesWords, int leavesWords, int cost, params ReadOnlySpan<byte> operations)
        {
            foreach (byte operation in operations)
            {
                (takes[operation], leaves[operation], costs[operation]) = ((byte)takesWords, (byte)leavesWords, cost);
            }
        }

        Set(0, 0, 0, Stop);
        Set(0, 0, 1, JumpDest);
        Set(2, 1, 3, Add, Sub, Lt, Gt, SLt, SGt, Eq, And, Or, Xor, Byte, Shl, Shr, Sar);
        Set(2, 1, 5, Mul, Div, SDiv, Mod, SMod, SignExtend);
        Set(3, 1, 8, AddMod, MulMod);
        Set(2, 1, 10, Exp);
        Set(1, 1, 3, IsZero, Not, CallDataLoad, MLoad);
        Set(2, 1, 30, Keccak);
        Set(0, 1, 2, Address, Origin, Caller, CallValue, CallDataSize, CodeSize, GasPrice, ReturnDataSize, Coinbase, Timestamp, Number, PrevRandao, GasLimit, ChainId, BaseFee, Pc, MSize, Gas);
        Set(0, 1, 5, SelfBalance);
        Set(1, 1, 0, Balance, ExtCodeSize, ExtCodeHash, SLoad);
        Set(3, 0, 3, CallDataCopy, CodeCopy, ReturnDataCopy);
        Set(4, 0, 0, ExtCodeCopy);
        Set(1, 1, 20, BlockHash);
        Set(1, 0, 2, Pop);
        Set(2, 0, 3, MStore, MStore8);
        Set(2, 0, 0, SStore, Return, Revert);
        Set(1, 0, 8, Jump);
        Set(2, 0, 10, JumpI);
        for (int words = 1; words <= 32; words++)
        {
            Set(0, 1, 3, (byte)(Push1 + words - 1));
        }

        for (int words = 1; words <= 16; words++)
        {
            Set(words, words + 1, 3, (byte)(Dup1 + words - 1));
            Set(words + 1, words + 1, 3, (byte)(Swap1 + words - 1));
        }

        for (int topics = 0; topics <= 4; topics++)
        {
            Set(2 + topics, 0, 375 * (topics + 1), (byte)(Log0 + topics));
        }

        Set(3, 1, 32000, Create);
        Set(4, 1, 32000, Create2);
        Set(7, 1, 0, Call, CallCode);
        Set(6, 1, 0, DelegateCall, StaticCall);
        Set(1, 0, 5000, SelfDestruct);
        if (fork >= EvmFork.Shanghai)
        {
            Set(0, 1, 2, Push0);
        }

        if (fork >= EvmFork.Cancun)
        {
            Set(1, 1, 100, TLoad);
            Set(2, 0, 100, TStore);
            Set(3, 0, 3, MCopy);
            Set(1, 1, 3, BlobHash);
            Set(0, 1, 2, BlobBaseFee);
        }

        if (fork >= EvmFork.Osaka)
        {
            Set(1, 1, 5, Clz);
        }

        return (takes, leaves, costs);
    }
}
