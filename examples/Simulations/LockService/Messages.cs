namespace Simulations.LockService;

// What clients, replicas and the store say to each other. A call's number stands in its answer.

/// <summary>A client asks a replica for the highest token it knows of.</summary>
internal sealed record AskToken(long Call);

/// <summary>The answer.</summary>
internal sealed record HighestToken(long Call, long Token);

/// <summary>A client asks a replica for its vote: the lock, under a token, for the time of a lease.</summary>
internal sealed record AskGrant(long Call, int Client, long Token);

/// <summary>The vote.</summary>
internal sealed record Vote(long Call, int Replica, bool IsGranted);

/// <summary>A client gives the lock back.</summary>
internal sealed record Release(int Client, long Token);

/// <summary>A holder writes to the store.</summary>
internal sealed record Write(long Call, int Client, long Token);

/// <summary>The store's answer.</summary>
internal sealed record Written(long Call, bool IsAccepted);
